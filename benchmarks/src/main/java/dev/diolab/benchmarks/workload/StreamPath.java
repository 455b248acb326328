package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.content.Expectation;
import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.engine.device.DeviceCounters;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Sequential direct requests of 512 KiB whose mapping comes in several pieces that follow each
 * other on the device, one thread: what the boundary rule of Mason's patch 8 is about (seeds/003).
 *
 * <p>Thread safety: none.
 */
public final class StreamPath {
  /** Bytes of a request. */
  public static final int REQUEST_BYTES = 512 << 10;

  /** Length of the extents in {@link Kind#WRITE_EXTENTS}. */
  private static final int PIECE_BYTES = 64 << 10;

  /** The end of the file, out of the stream, of which a page may be cached. */
  private static final long MARGIN_BYTES = 1 << 20;

  private final ForkSettings settings;

  /** Where the pieces of a mapping come from. */
  public enum Kind {
    /** Every second 64 KiB is unwritten when a pass begins, the others are written. */
    WRITE_EXTENTS("write, extents of 64 KiB"),
    /** A page of the file is cached, so that placeholders are claimed 64 pages at a time. */
    WRITE_CHUNKS("write, a page is cached"),
    /** The same for reads. */
    READ_CHUNKS("read, a page is cached");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The kind for people. */
    public String label() {
      return label;
    }
  }

  /**
   * What came out of some passes.
   *
   * @param bytesPerSecond while requests were under way
   * @param transfersPerRequest requests to the device for one of the stream; the few of the journal
   *     are among them
   */
  public record Result(double bytesPerSecond, double transfersPerRequest) {}

  private StreamPath(ForkSettings settings) {
    this.settings = settings;
  }

  /** A path on {@code image}, which it formats for every measurement. */
  public static StreamPath on(Path image, int blockBytes, long fileBytes, long trial) {
    return new StreamPath(settings(image.toString(), blockBytes, fileBytes, trial));
  }

  /** The same on a device in heap memory. */
  static StreamPath inMemory(int blockBytes, long fileBytes, long trial) {
    return new StreamPath(settings(null, blockBytes, fileBytes, trial));
  }

  private static ForkSettings settings(
      @Nullable String image, int blockBytes, long fileBytes, long trial) {
    return new ForkSettings(
        image, ImageDevice.FILE, blockBytes, trial, trial, fileBytes, false, fileBytes, "");
  }

  /**
   * Makes the file and streams over it {@code passes} times; the first pass is not measured. What
   * was written is read back.
   */
  public Result measure(Kind kind, String strategy, String policy, int passes) throws IOException {
    try (WorkVolume volume = WorkVolume.format(settings, strategy, policy)) {
      return new Stream(volume, kind).run(passes);
    }
  }

  /** One measurement. */
  private final class Stream {
    private final WorkVolume volume;
    private final Kind kind;
    private final DioFile file;
    private final MemorySegment buffer;
    private final DioRequest request;
    private final long streamBytes;
    private long version;
    private long nanos;
    private long transfers;
    private long requests;

    Stream(WorkVolume volume, Kind kind) throws IOException {
      this.volume = volume;
      this.kind = kind;
      this.file = volume.volume().create();
      this.buffer = volume.volume().allocateBuffer(REQUEST_BYTES);
      this.request = new DioRequest(buffer);
      this.streamBytes = (settings.fileBytes() - MARGIN_BYTES) / REQUEST_BYTES * REQUEST_BYTES;
      ZeroFill.fill(volume, file, 0, settings.fileBytes());
    }

    Result run(int passes) throws IOException {
      if (kind == Kind.READ_CHUNKS) {
        write();
      }
      for (int pass = 0; pass <= passes; pass++) {
        prepare();
        if (pass == 0) {
          pass();
          nanos = 0;
          transfers = 0;
          requests = 0;
        } else {
          pass();
        }
      }
      check();
      return new Result(
          requests * (double) REQUEST_BYTES / (nanos / 1e9), (double) transfers / requests);
    }

    private void prepare() throws IOException {
      if (kind == Kind.WRITE_EXTENTS) {
        for (long at = PIECE_BYTES; at < streamBytes; at += 2 * PIECE_BYTES) {
          file.zeroRange(at, PIECE_BYTES, true);
        }
        file.fdatasync();
      } else {
        long last = settings.fileBytes() - Stamp.UNIT_BYTES;
        int moved = file.readBuffered(request.prepare(0, last, Stamp.UNIT_BYTES, false));
        if (moved != Stamp.UNIT_BYTES) {
          throw new AssertionError("buffered read of the last page moved " + moved + " bytes");
        }
      }
    }

    private void pass() throws IOException {
      if (kind == Kind.READ_CHUNKS) {
        read();
      } else {
        write();
      }
    }

    private void write() throws IOException {
      version++;
      for (long at = 0; at < streamBytes; at += REQUEST_BYTES) {
        Stamp.write(buffer, 0, REQUEST_BYTES, settings.trial(), at / Stamp.UNIT_BYTES, version);
        request.prepare(0, at, REQUEST_BYTES, false);
        long before = device().writes();
        requireWhole(file.write(request), at);
        count(device().writes() - before);
      }
    }

    private void read() throws IOException {
      for (long at = 0; at < streamBytes; at += REQUEST_BYTES) {
        request.prepare(0, at, REQUEST_BYTES, false);
        long before = device().reads();
        requireWhole(file.read(request), at);
        count(device().reads() - before);
        long lastUnit = REQUEST_BYTES - Stamp.UNIT_BYTES;
        if (!Stamp.matches(
            buffer, lastUnit, settings.trial(), (at + lastUnit) / Stamp.UNIT_BYTES, version)) {
          throw new AssertionError(
              "read at offset " + at + " ended in " + Stamp.describe(buffer, lastUnit));
        }
      }
    }

    private void count(long transfersOfOne) {
      nanos += request.totalNanos();
      transfers += transfersOfOne;
      requests++;
    }

    private DeviceCounters device() {
      return volume.device().counters();
    }

    private void check() throws IOException {
      new ContentCheck(
              file, volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES), settings.trial())
          .check(
              unit -> unit * Stamp.UNIT_BYTES < streamBytes ? version : Expectation.NEVER_WRITTEN,
              settings.fileBytes(),
              settings.seed());
    }

    private static void requireWhole(int moved, long at) {
      if (moved != REQUEST_BYTES) {
        throw new AssertionError("request at offset " + at + " moved " + moved + " bytes");
      }
    }
  }
}
