package dev.diolab.engine.device;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A disk that one does not have: the bytes lie on another device, usually in memory, and each
 * transfer and flush takes the time that a {@link DiskModel} says. Threads really wait, so that
 * locks and queues are held as long as on such a disk.
 *
 * <pre>{@code
 * BlockDevice disk =
 *     new EmulatedDevice(DiskModels.NVME, new MemoryDevice(bytes), seed, EmulatedClock.real());
 * }</pre>
 *
 * <p>Assumption: the device below takes no time that counts.
 *
 * <p>Guarantees beyond {@link BlockDevice}:
 *
 * <ol>
 *   <li>The time of each request follows from the seed, the requests before it, and when they came;
 *       with a clock that only counts, runs of one thread repeat to the nanosecond.
 *   <li>A request may be over later than the model says, when the machine is busy, but not earlier.
 *   <li>Asynchronous transfers need no threads: a {@link #openQueue queue} delivers each one when
 *       its time has come.
 * </ol>
 *
 * <p>Only time is emulated. The bytes of a write can be read as soon as it was submitted, and
 * nothing is lost in a crash that the device below does not lose.
 */
public final class EmulatedDevice extends FilterDevice {
  private final DiskModel model;
  private final EmulatedDisk disk;
  private final EmulatedClock clock;

  /**
   * A disk like {@code model} that keeps its bytes on {@code store}, which it owns.
   *
   * @param seed of all that is drawn by lot
   * @throws IllegalArgumentException when the store is larger than the disk
   */
  public EmulatedDevice(DiskModel model, BlockDevice store, long seed, EmulatedClock clock) {
    super(store);
    this.model = model;
    this.disk = new EmulatedDisk(model, store.sizeBytes(), seed);
    this.clock = clock;
  }

  /** What it is like. */
  public DiskModel model() {
    return model;
  }

  @Override
  public boolean hasVolatileCache() {
    return model.hasVolatileCache();
  }

  @Override
  public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    TransferChecks.check(below, buffer, bufferOffset, deviceOffset, bytes);
    long end = disk.read(clock.now(), deviceOffset, bytes);
    below.read(buffer, bufferOffset, deviceOffset, bytes);
    clock.waitUntil(end);
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    TransferChecks.check(below, buffer, bufferOffset, deviceOffset, bytes);
    long end = disk.write(clock.now(), deviceOffset, bytes);
    below.write(buffer, bufferOffset, deviceOffset, bytes);
    clock.waitUntil(end);
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    TransferChecks.check(below, buffer, bufferOffset, deviceOffset, bytes);
    long end = disk.writeFua(clock.now(), deviceOffset, bytes);
    below.writeFua(buffer, bufferOffset, deviceOffset, bytes);
    clock.waitUntil(end);
  }

  @Override
  public void flush() throws IOException {
    long end = disk.flush(clock.now());
    below.flush();
    clock.waitUntil(end);
  }

  @Override
  public IoQueue openQueue(int depth) {
    return new EmulatedQueue(this, below, disk, clock, depth);
  }
}
