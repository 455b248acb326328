package dev.diolab.benchmarks.verify.fsx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FilterDevice;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exerciser over the engine, on sound devices and on one that lies. */
class VolumeSubjectTest {
  @ParameterizedTest
  @EnumSource(Access.class)
  void oneThreadFindsNothingWrong(Access access) throws IOException {
    assertThat(run(settings(4000, access, 1), device -> device).difference()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 4096})
  void severalThreadsFindNothingWrong(int blockSize) throws IOException {
    Settings settings = settings(2000, Access.DIRECT, 3);
    assertThat(
            Exerciser.run(
                    settings, 5, factory(blockSize, device -> device), Exerciser.Patience.silent())
                .difference())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void requestsInFlightFindNothingWrong(int threads) throws IOException {
    for (Access access : new Access[] {Access.DIRECT, Access.MIXED}) {
      Settings settings = settings(2000, access, threads).withDepth(8);
      assertThat(run(settings, device -> device).difference()).isNull();
    }
  }

  /**
   * The buffered write fills a page that the direct write in flight changes beneath it: nobody's
   * fault, and to be written anew, also where a truncate beside a write leaves the size in doubt.
   */
  @Test
  void aPageInDoubtIsWrittenAnewWhenTheSizeIsInDoubtToo() throws IOException {
    List<Op> ops = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ops.add(Op.of(OpKind.FALLOCATE, 0x9a87, 0x1b9));
      ops.add(Op.of(OpKind.WRITE, 0x1400, 0x3400).asDirect());
      ops.add(Op.of(OpKind.TRUNCATE, 0, 0x89d5));
      ops.add(Op.of(OpKind.WRITE, 0x4200, 0x2000).asDirect());
      ops.add(Op.of(OpKind.WRITE, 0x6e00, 0x2e40));
      ops.add(Op.of(OpKind.BARRIER, 0, 0));
      ops.add(Op.of(OpKind.TRUNCATE, 0, 0));
      ops.add(Op.of(OpKind.BARRIER, 0, 0));
    }
    Settings settings = new RecordedOps(ops).settings().withDepth(8);
    Subject.Factory factory =
        (contents, file) ->
            new VolumeSubject(
                new MemoryDevice(VolumeSubject.deviceBytes(file.longestFile())),
                1024,
                Strategies.byName("i-mutex"),
                Policies.byName("sync-commit"),
                contents,
                file);

    assertThat(
            Exerciser.replay(settings, 5, ops, factory, Exerciser.Patience.silent()).difference())
        .isNull();
  }

  @Test
  void aDeviceThatDropsAWriteInFlightIsFound() throws IOException {
    Settings settings = settings(4000, Access.DIRECT, 1).withDepth(8);
    assertThat(run(settings, device -> new LyingDevice(device, 0, false)).difference()).isNotNull();
  }

  @Test
  void aDeviceThatDropsAWriteIsFound() throws IOException {
    Settings settings = settings(4000, Access.DIRECT, 1);
    assertThat(run(settings, device -> new LyingDevice(device, 0, false)).difference()).isNotNull();
  }

  @Test
  void aDeviceThatWritesToTheNextSectorIsFound() throws IOException {
    Settings settings = settings(4000, Access.DIRECT, 1);
    assertThat(run(settings, device -> new LyingDevice(device, 512, false)).difference())
        .isNotNull();
  }

  @Test
  void aDeviceThatWritesTwiceIsFoundOnlyWhereItHarms() throws IOException {
    Settings settings = settings(4000, Access.DIRECT, 1);
    assertThat(run(settings, device -> new LyingDevice(device, 0, true)).difference()).isNull();
    assertThat(run(settings, device -> new LyingDevice(device, 4096, true)).difference())
        .isNotNull();
  }

  private static Outcome run(Settings settings, UnaryOperator<BlockDevice> lies)
      throws IOException {
    return Exerciser.run(settings, 5, factory(1024, lies), Exerciser.Patience.silent());
  }

  private static Subject.Factory factory(int blockSize, UnaryOperator<BlockDevice> lies) {
    return (contents, settings) ->
        new VolumeSubject(
            lies.apply(new MemoryDevice(VolumeSubject.deviceBytes(settings.longestFile()))),
            blockSize,
            Strategies.byName("iomap-endio"),
            Policies.byName("end-io"),
            contents,
            settings);
  }

  private static Settings settings(int ops, Access access, int threads) {
    int boundary = access == Access.DIRECT ? 512 : 1;
    boolean mapped = threads == 1 && access != Access.DIRECT;
    return new Settings(
        ops,
        100_000,
        10_000,
        boundary,
        boundary,
        1,
        mapped,
        mapped,
        true,
        true,
        true,
        access,
        false,
        threads == 1 ? 500 : 0,
        threads);
  }

  /**
   * Drops, misplaces or repeats one write of data in a hundred. Metadata is left alone: that is
   * written by whole blocks from buffers of their own.
   */
  private static final class LyingDevice extends FilterDevice {
    private final int shift;
    private final boolean both;
    private int writes;

    LyingDevice(BlockDevice below, int shift, boolean both) {
      super(below);
      this.shift = shift;
      this.both = both;
    }

    @Override
    public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
        throws IOException {
      boolean lies = buffer.byteSize() > (1 << 20) && ++writes % 100 == 0;
      if (!lies || both) {
        below.write(buffer, bufferOffset, deviceOffset, bytes);
      }
      if (lies && (shift > 0 || both)) {
        below.write(buffer, bufferOffset, deviceOffset + shift, bytes);
      }
    }
  }
}
