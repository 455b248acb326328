package dev.diolab.benchmarks.verify.races;

import dev.diolab.benchmarks.verify.races.schedule.GatedDevice;
import dev.diolab.benchmarks.verify.races.schedule.GatedPolicy;
import dev.diolab.benchmarks.verify.races.schedule.GatedStrategy;
import dev.diolab.benchmarks.verify.races.schedule.Moment;
import dev.diolab.benchmarks.verify.races.schedule.Stage;
import dev.diolab.benchmarks.verify.races.schedule.Step;
import dev.diolab.engine.check.CheckReport;
import dev.diolab.engine.check.Checker;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.extent.NoSpaceException;
import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.MountOptions;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A poisoned volume, the stage over it, and short words for what actors do and what may be seen of
 * it.
 *
 * <p>Thread safety: actors may use the words for I/O and expectations at once; the rest is for the
 * thread that sets the scene.
 */
final class Scene {
  /** Size of the device that a scene needs, in bytes. */
  static final int DEVICE_BYTES = 8 << 20;

  private static final int JOURNAL_BLOCKS = 256;
  private static final int INODES = 16;

  private final Stage stage;
  private final GatedDevice device;
  private final Volume volume;
  private final DioStrategy strategy;
  private final ConversionPolicy policy;

  /** [problems] */
  private final List<String> problems = new ArrayList<>();

  private boolean stuck;

  /** Formats {@code below}, and everything that is on it is lost. */
  Scene(
      BlockDevice below, Stage stage, DioStrategy strategy, ConversionPolicy policy, int blockSize)
      throws IOException {
    this.stage = stage;
    this.strategy = strategy;
    this.policy = policy;
    VolumeFormatter.poison(below, (done, total) -> {});
    VolumeFormatter.format(below, new VolumeOptions(blockSize, JOURNAL_BLOCKS, INODES));
    this.device = new GatedDevice(below, dataFrom(blockSize));
    this.volume = mount(device);
  }

  private static long dataFrom(int blockSize) {
    int inodeTable = (INODES * Geometry.INODE_BYTES + blockSize - 1) / blockSize;
    return (1L + JOURNAL_BLOCKS + inodeTable) * blockSize;
  }

  private Volume mount(BlockDevice image) throws IOException {
    return Volume.mount(
        image,
        new GatedStrategy(strategy),
        new GatedPolicy(policy),
        MountOptions.withoutCommitThread().withCompletionThreads(stage.workers()));
  }

  /**
   * Mounts what a crash would leave now, and lets {@code look} see {@code file} there. The image is
   * checked before and after.
   */
  void afterCrash(DioFile file, Look look) throws IOException {
    MemoryDevice image = new MemoryDevice(device.sizeBytes());
    MemorySegment bytes = device.allocateBuffer(device.sizeBytes());
    device.read(bytes, 0, 0, (int) device.sizeBytes());
    image.write(bytes, 0, 0, (int) device.sizeBytes());
    check("fsck after the crash", image);
    try (Volume recovered = mount(image)) {
      look.at(recovered.open(file.inodeNumber()));
    }
    check("fsck after recovery", image);
  }

  /** Looks at a file. */
  @FunctionalInterface
  interface Look {
    void at(DioFile file) throws IOException;
  }

  DioStrategy strategy() {
    return strategy;
  }

  ConversionPolicy policy() {
    return policy;
  }

  Volume volume() {
    return volume;
  }

  /** A file of {@code bytes} bytes of {@code letter}, everything durable. */
  DioFile file(char letter, int bytes) throws IOException {
    DioFile file = volume.create();
    if (bytes > 0) {
      write(file, letter, 0, bytes);
    }
    file.fsync();
    return file;
  }

  /** A file of {@code bytes} unwritten bytes. */
  DioFile unwrittenFile(int bytes) throws IOException {
    DioFile file = volume.create();
    file.fallocate(0, bytes, false);
    file.fsync();
    return file;
  }

  /** A file of {@code bytes} bytes without blocks. */
  DioFile sparseFile(long bytes) throws IOException {
    DioFile file = volume.create();
    file.truncate(bytes);
    file.fsync();
    return file;
  }

  /** Takes all free blocks, so that who allocates gets what others free. */
  void fillVolume() throws IOException {
    DioFile hog = volume.create();
    long free = volume.freeBlocks();
    hog.fallocate(0, free * volume.blockSize(), false);
    hog.fsync();
  }

  /** Lets the engine's completion workers come to {@code moment}, and no further before a step. */
  void holdWorkersAt(Moment moment) {
    stage.holdWorkersAt(moment);
  }

  /** Adds an actor. */
  void actor(String name, Stage.Role role) {
    stage.add(name, role);
  }

  /** Plays; a problem is noted when somebody fails or waits for ever. */
  void play(Step... schedule) {
    List<String> waiting = stage.play(List.of(schedule));
    stage
        .failures()
        .forEach((name, failure) -> expect(mayFail(failure), name + " failed: " + failure));
    if (!waiting.isEmpty()) {
      stuck = true;
      problem("deadlock: " + String.join("; ", waiting));
    }
  }

  /** Free actors may come to a full volume before others have freed its blocks. */
  private boolean mayFail(Throwable failure) {
    return failure instanceof NoSpaceException && !isScheduled();
  }

  /** Writes directly. */
  void write(DioFile file, char letter, long offset, int bytes) throws IOException {
    write(file, letter, offset, bytes, false);
  }

  /** Writes directly, durable when it returns if {@code dsync}. */
  void write(DioFile file, char letter, long offset, int bytes, boolean dsync) throws IOException {
    DioRequest request = request(letter, bytes);
    int done = file.write(request.prepare(0, offset, bytes, dsync));
    expect(done == bytes, "a write of " + bytes + " bytes at " + offset + " returned " + done);
  }

  /** Submits a direct write and takes it when it is complete. */
  void writeAsync(DioFile file, char letter, long offset, int bytes) throws IOException {
    try (AioContext context = volume.openContext(1)) {
      context.write(file, request(letter, bytes).prepare(0, offset, bytes, false));
      int done = context.take().result();
      expect(
          done == bytes,
          "an asynchronous write of " + bytes + " bytes at " + offset + " came to " + done);
    }
  }

  /** Writes through the page cache. */
  void writeBuffered(DioFile file, char letter, long offset, int bytes) throws IOException {
    int done = file.writeBuffered(request(letter, bytes).prepare(0, offset, bytes, false));
    expect(
        done == bytes,
        "a buffered write of " + bytes + " bytes at " + offset + " returned " + done);
  }

  /** What a direct read returns. */
  byte[] read(DioFile file, long offset, int bytes) throws IOException {
    MemorySegment buffer = volume.allocateBuffer(bytes);
    int done = file.read(new DioRequest(buffer).prepare(0, offset, bytes, false));
    return buffer.asSlice(0, done).toArray(ValueLayout.JAVA_BYTE);
  }

  /** What a buffered read returns. */
  byte[] readBuffered(DioFile file, long offset, int bytes) throws IOException {
    MemorySegment buffer = volume.allocateBuffer(bytes);
    int done = file.readBuffered(new DioRequest(buffer).prepare(0, offset, bytes, false));
    return buffer.asSlice(0, done).toArray(ValueLayout.JAVA_BYTE);
  }

  private DioRequest request(char letter, int bytes) {
    MemorySegment buffer = volume.allocateBuffer(bytes);
    MemorySegment.copy(Letters.of(letter, bytes), 0, buffer, ValueLayout.JAVA_BYTE, 0, bytes);
    return new DioRequest(buffer);
  }

  /** Notes {@code otherwise} unless {@code holds}. */
  void expect(boolean holds, String otherwise) {
    if (!holds) {
      problem(otherwise);
    }
  }

  /**
   * Notes a problem unless every byte that {@code who} got is one of the {@code allowed} letters.
   */
  void mayHold(String who, byte[] got, String allowed) {
    for (byte each : got) {
      if (allowed.indexOf(Letters.letterOf(each)) < 0) {
        problem(who + " got " + Letters.describe(got) + "; allowed is " + allowed);
        return;
      }
    }
  }

  /** Notes a problem unless {@code who} got exactly {@code bytes} bytes of {@code letter}. */
  void mustHold(String who, byte[] got, char letter, int bytes) {
    boolean right = got.length == bytes;
    for (byte each : got) {
      right &= Letters.letterOf(each) == letter;
    }
    expect(right, who + " got " + Letters.describe(got) + "; must be " + bytes + " x " + letter);
  }

  /** Notes a problem unless {@code who} got {@code expected}. */
  void mustEqual(String who, byte[] got, byte[] expected) {
    expect(
        Arrays.equals(got, expected),
        who + " got " + Letters.describe(got) + "; must be " + Letters.describe(expected));
  }

  /** A part of {@code data}, cut at its end. */
  static byte[] part(byte[] data, int from, int to) {
    int end = Math.min(to, data.length);
    return from >= end ? new byte[0] : Arrays.copyOfRange(data, from, end);
  }

  private void check(String when, BlockDevice image) {
    Checker.check(image).findings().forEach(finding -> problem(when + ": " + finding));
  }

  private void problem(String what) {
    synchronized (problems) {
      problems.add(what);
    }
  }

  /** Whether the actors follow the schedule; otherwise they may run in any order. */
  boolean isScheduled() {
    return stage.isScheduled();
  }

  /** Whether somebody waits for ever: then the volume must not be touched any more. */
  boolean isStuck() {
    return stuck;
  }

  /** Unmounts, checks the image, and says how it all ended. */
  Verdict end() {
    if (!stuck) {
      try {
        volume.close();
        CheckReport report = Checker.check(device);
        report.findings().forEach(finding -> problem("fsck: " + finding));
        expect(
            report.pendingOrphans() == 0,
            "unmounted with " + report.pendingOrphans() + " inodes on the orphan list");
      } catch (IOException | RuntimeException | AssertionError e) {
        problem("unmount failed: " + e);
      }
    }
    synchronized (problems) {
      return new Verdict(problems, stuck, stage.interleaving());
    }
  }
}
