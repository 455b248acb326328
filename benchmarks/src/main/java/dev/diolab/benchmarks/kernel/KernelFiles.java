package dev.diolab.benchmarks.kernel;

import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.os.AlignedBuffer;
import dev.diolab.engine.os.NativeFile;
import dev.diolab.engine.os.OpenFlags;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the kernel's file system that a directory is in, opened with O_DIRECT. */
public final class KernelFiles implements FillTarget {
  private static final int MODE = 0600;

  private final String name;
  private final Path file;

  private KernelFiles(String name, Path directory) {
    this.name = name;
    this.file = directory.resolve("diolab-kernel-" + ProcessHandle.current().pid() + ".fill");
  }

  /** Files in {@code directory}, called after the type of its file system. */
  public static KernelFiles in(Path directory) throws IOException {
    return new KernelFiles("kernel:" + Files.getFileStore(directory).type(), directory);
  }

  /** Where its files are made, one at a time. */
  public Path file() {
    return file;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public FillFile create(long bytes) throws IOException {
    int flags =
        OpenFlags.O_RDWR
            | OpenFlags.O_CREAT
            | OpenFlags.O_EXCL
            | OpenFlags.O_DIRECT
            | OpenFlags.O_CLOEXEC;
    NativeFile opened = NativeFile.open(file, flags, MODE);
    Filled filled = new Filled(opened);
    try {
      opened.fallocate(0, 0, bytes);
      opened.fsync();
      return filled;
    } catch (IOException e) {
      filled.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }

  private static final class Filled implements FillFile {
    private final NativeFile file;
    private final Arena arena = Arena.ofShared();

    Filled(NativeFile file) {
      this.file = file;
    }

    @Override
    public Writer writer() {
      return new DirectWriter(file, AlignedBuffer.allocate(arena, WRITE_BYTES));
    }

    @Override
    public void fdatasync() throws IOException {
      file.fdatasync();
    }

    @Override
    public void close() throws IOException {
      try {
        file.close();
        Files.deleteIfExists(file.path());
      } finally {
        arena.close();
      }
    }
  }

  private static final class DirectWriter implements FillFile.Writer {
    private final NativeFile file;
    private final MemorySegment buffer;
    private final PhaseRecorder recorder = new PhaseRecorder();

    DirectWriter(NativeFile file, MemorySegment buffer) {
      this.file = file;
      this.buffer = buffer;
    }

    @Override
    public MemorySegment buffer() {
      return buffer;
    }

    @Override
    public void write(long offset, boolean dsync) throws IOException {
      long begin = System.nanoTime();
      try {
        if (dsync) {
          file.pwriteDsync(buffer.address(), FillFile.WRITE_BYTES, offset);
        } else {
          file.pwrite(buffer.address(), FillFile.WRITE_BYTES, offset);
        }
      } finally {
        Reference.reachabilityFence(buffer);
      }
      recorder.recordWhole(System.nanoTime() - begin, FillFile.WRITE_BYTES);
    }

    @Override
    public void read(long offset) throws IOException {
      try {
        file.pread(buffer.address(), FillFile.WRITE_BYTES, offset);
      } finally {
        Reference.reachabilityFence(buffer);
      }
    }

    @Override
    public PhaseRecorder recorder() {
      return recorder;
    }
  }
}
