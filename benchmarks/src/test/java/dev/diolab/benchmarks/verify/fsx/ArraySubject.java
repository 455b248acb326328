package dev.diolab.benchmarks.verify.fsx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file in an array that makes no mistake; tests override the operation that is to make one. */
class ArraySubject implements Subject {
  /** [this] */
  protected final byte[] file;

  /** [this] */
  protected int size;

  private final Contents contents;
  private final Settings settings;

  ArraySubject(Contents contents, Settings settings) {
    this.contents = contents;
    this.settings = settings;
    this.file = new byte[settings.longestFile()];
  }

  @Override
  public Session session() {
    return new ArraySession();
  }

  @Override
  public @Nullable String remount() {
    return null;
  }

  @Override
  public void close() {}

  /** Called for each write and each store that hits the file, under the monitor. */
  void write(Op op, byte[] from, int place) {
    System.arraycopy(from, place, file, op.offset(), op.length());
    size = Math.max(size, op.end());
  }

  /** Called for each read, under the monitor. */
  int read(Op op, byte[] into) {
    int count = Math.max(0, Math.min(op.length(), size - op.offset()));
    System.arraycopy(file, Math.min(op.offset(), size), into, 0, count);
    return count;
  }

  /** Called for each truncate, under the monitor. */
  void truncate(int newSize) {
    size = newSize;
    Arrays.fill(file, newSize, file.length, (byte) 0);
  }

  /** Called for each punch and zero range, under the monitor. */
  void zero(Op op) {
    Arrays.fill(file, op.offset(), Math.min(op.end(), file.length), (byte) 0);
  }

  private synchronized int perform(Op op, int place, byte[] data) {
    switch (op.kind()) {
      case READ -> {
        return read(op, data);
      }
      case WRITE -> {
        write(op, contents.bytes(), place);
        return op.length();
      }
      case MAP_READ -> System.arraycopy(file, op.offset(), data, 0, op.length());
      case MAP_WRITE -> {
        int end = Math.min(op.end(), size); // what is stored behind the size is lost
        if (op.offset() < end) {
          write(Op.of(op.kind(), op.offset(), end - op.offset()), contents.bytes(), place);
        }
      }
      case TRUNCATE -> truncate(op.length());
      case FALLOCATE, ZERO_RANGE, PUNCH_HOLE -> {
        if (op.kind().storesZeros()) {
          zero(op);
        }
        size = op.isExtender() ? Math.max(size, op.end()) : size;
      }
      case FSYNC, CLOSE_OPEN, BARRIER -> {}
    }
    return 0;
  }

  private synchronized int sizeNow() {
    return size;
  }

  private final class ArraySession implements Session {
    private final byte[] data = new byte[Exerciser.bufferBytes(settings)];

    @Override
    public int perform(Op op, int place) {
      return ArraySubject.this.perform(op, place, data);
    }

    @Override
    public byte[] data() {
      return data;
    }

    @Override
    public long size() {
      return sizeNow();
    }
  }
}
