package dev.diolab.benchmarks.verify.fsx;

import dev.diolab.engine.check.CheckReport;
import dev.diolab.engine.check.Checker;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.FileMapping;
import dev.diolab.engine.file.MountOptions;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A file of a volume under one strategy and policy, on a device in memory. What nobody wrote is
 * poison there, so that stale blocks show.
 *
 * <p>With one thread that waits for each operation there is no commit thread and no background
 * writer: a run is determined by its operations. With several a {@link YieldingDevice} lets them
 * get between each other's steps.
 */
final class VolumeSubject implements Subject {
  private static final int JOURNAL_BLOCKS = 1024;

  private final BlockDevice device;
  private final DioStrategy strategy;
  private final ConversionPolicy policy;
  private final MountOptions options;
  private final MemorySegment contents;
  private final int bufferBytes;
  private final int number;
  private final int depth;
  private Volume volume;

  /** A new file on {@code device}, which is formatted. */
  VolumeSubject(
      BlockDevice device,
      int blockSize,
      DioStrategy strategy,
      ConversionPolicy policy,
      Contents contents,
      Settings settings)
      throws IOException {
    this.device = settings.isInOrder() ? device : new YieldingDevice(device);
    this.strategy = strategy;
    this.policy = policy;
    this.options =
        settings.isInOrder() ? MountOptions.withoutCommitThread() : MountOptions.defaults();
    this.contents = MemorySegment.ofArray(contents.bytes());
    this.depth = settings.depth();
    this.bufferBytes = Exerciser.bufferBytes(settings);
    VolumeFormatter.poison(device, (done, total) -> {});
    VolumeFormatter.format(device, new VolumeOptions(blockSize, JOURNAL_BLOCKS, 16));
    this.volume = mount();
    this.number = volume.create().inodeNumber();
  }

  /** Bytes of a device on which a file of {@code longestFile} bytes never finds too little room. */
  static long deviceBytes(int longestFile) {
    return Math.ceilDiv(longestFile, 1 << 20) * (6L << 20) + (16L << 20);
  }

  private Volume mount() throws IOException {
    return Volume.mount(device, strategy, policy, options);
  }

  @Override
  public Session session() throws IOException {
    return new FileSession();
  }

  @Override
  public @Nullable String remount() throws IOException {
    volume.close();
    CheckReport report = Checker.check(device);
    volume = mount();
    return report.isClean()
        ? null
        : "fsck after unmount: " + report.summary() + "\n  " + report.findings().get(0);
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }

  private final class FileSession implements Session {
    private final byte[] data = new byte[bufferBytes];
    private final MemorySegment buffer = MemorySegment.ofArray(data);
    private final DioRequest read = new DioRequest(buffer);
    private final DioRequest write = new DioRequest(contents);
    private final InFlight inFlight = new InFlight(contents, bufferBytes, depth);
    private DioFile file;

    FileSession() throws IOException {
      file = volume.open(number);
    }

    @Override
    public void submit(Op op, int place, Completion over) throws IOException {
      inFlight.submit(volume, file, op, place, over);
    }

    @Override
    public void await() throws IOException {
      inFlight.await();
    }

    @Override
    public byte[] data() {
      return data;
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public int perform(Op op, int place) throws IOException {
      int length = op.length();
      switch (op.kind()) {
        case READ -> {
          read.prepare(0, op.offset(), length, false);
          return op.direct() ? file.read(read) : file.readBuffered(read);
        }
        case WRITE -> {
          write.prepare(place, op.offset(), length, false);
          return op.direct() ? file.write(write) : file.writeBuffered(write);
        }
        case MAP_READ -> {
          return load(op);
        }
        case MAP_WRITE -> {
          return store(op, place);
        }
        case TRUNCATE -> file.truncate(length);
        case FALLOCATE -> file.fallocate(op.offset(), length, op.keepSize());
        case PUNCH_HOLE -> file.punchHole(op.offset(), length);
        case ZERO_RANGE -> file.zeroRange(op.offset(), length, op.keepSize());
        case FSYNC -> file.fsync();
        case CLOSE_OPEN -> {
          await();
          volume.close();
          volume = mount();
          file = volume.open(number);
        }
        case BARRIER -> {}
      }
      return 0;
    }

    private int load(Op op) throws IOException {
      int lead = op.offset() % 4096;
      try (FileMapping mapping = file.mmap(op.offset() - lead, lead + op.length())) {
        mapping.load(lead, buffer, 0, op.length());
      }
      return op.length();
    }

    private int store(Op op, int place) throws IOException {
      int lead = op.offset() % 4096;
      try (FileMapping mapping = file.mmap(op.offset() - lead, lead + op.length())) {
        mapping.store(lead, contents, place, op.length());
      }
      return op.length();
    }
  }
}
