package dev.diolab.benchmarks.kernel;

import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FileDevice;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Files of volumes of ours on an image, under one strategy and policy: each file is alone on a new
 * volume, so that several of these can share an image, one file at a time.
 */
public final class ModelFiles implements FillTarget {
  private final Opener opener;
  private final int blockBytes;
  private final Contender contender;

  private ModelFiles(Opener opener, int blockBytes, Contender contender) {
    this.opener = opener;
    this.blockBytes = blockBytes;
    this.contender = contender;
  }

  /** Opens the device that a volume is made on. */
  @FunctionalInterface
  interface Opener {
    BlockDevice open() throws IOException;
  }

  /** Files on {@code image}, whatever is there. */
  public static ModelFiles on(Path image, int blockBytes, Contender contender) {
    return on(() -> FileDevice.open(image), blockBytes, contender);
  }

  /** Files on the device that {@code opener} opens. */
  static ModelFiles on(Opener opener, int blockBytes, Contender contender) {
    return new ModelFiles(opener, blockBytes, contender);
  }

  @Override
  public String name() {
    return contender.strategy() + " + " + contender.policy();
  }

  @Override
  public FillFile create(long bytes) throws IOException {
    BlockDevice device = opener.open();
    try {
      VolumeFormatter.format(device, VolumeShape.options(device.sizeBytes(), blockBytes));
      Volume volume =
          Volume.mount(
              device, Strategies.byName(contender.strategy()), Policies.byName(contender.policy()));
      DioFile file = volume.create();
      file.fallocate(0, bytes, false);
      file.fsync();
      return new Filled(device, volume, file);
    } catch (IOException | RuntimeException e) {
      device.close();
      throw e;
    }
  }

  @Override
  public void close() {
    // nothing stays open
  }

  private static final class Filled implements FillFile {
    private final BlockDevice device;
    private final Volume volume;
    private final DioFile file;

    Filled(BlockDevice device, Volume volume, DioFile file) {
      this.device = device;
      this.volume = volume;
      this.file = file;
    }

    @Override
    public Writer writer() {
      return new DirectWriter(file, volume.allocateBuffer(WRITE_BYTES));
    }

    @Override
    public void fdatasync() throws IOException {
      file.fdatasync();
    }

    @Override
    public void close() throws IOException {
      try {
        volume.close();
      } finally {
        device.close();
      }
    }
  }

  private static final class DirectWriter implements FillFile.Writer {
    private final DioFile file;
    private final MemorySegment buffer;
    private final DioRequest request;
    private final PhaseRecorder recorder = new PhaseRecorder();

    DirectWriter(DioFile file, MemorySegment buffer) {
      this.file = file;
      this.buffer = buffer;
      this.request = new DioRequest(buffer);
    }

    @Override
    public MemorySegment buffer() {
      return buffer;
    }

    @Override
    public void write(long offset, boolean dsync) throws IOException {
      int moved = file.write(request.prepare(0, offset, FillFile.WRITE_BYTES, dsync));
      recorder.record(request, moved);
      requireWhole(moved, "write", offset);
    }

    @Override
    public void read(long offset) throws IOException {
      int moved = file.read(request.prepare(0, offset, FillFile.WRITE_BYTES, false));
      requireWhole(moved, "read", offset);
    }

    private static void requireWhole(int moved, String what, long offset) {
      if (moved != FillFile.WRITE_BYTES) {
        throw new AssertionError(
            what + " at " + offset + " moved " + moved + " of " + FillFile.WRITE_BYTES + " bytes");
      }
    }

    @Override
    public PhaseRecorder recorder() {
      return recorder;
    }
  }
}
