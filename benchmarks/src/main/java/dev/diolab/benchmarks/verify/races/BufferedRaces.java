package dev.diolab.benchmarks.verify.races;

import static dev.diolab.benchmarks.verify.races.schedule.Moment.CONVERTED;
import static dev.diolab.benchmarks.verify.races.schedule.Moment.DEVICE_HAS_WRITTEN;
import static dev.diolab.benchmarks.verify.races.schedule.Moment.DEVICE_WRITES;
import static dev.diolab.benchmarks.verify.races.schedule.Moment.MARK;
import static dev.diolab.benchmarks.verify.races.schedule.Step.end;
import static dev.diolab.benchmarks.verify.races.schedule.Step.until;

import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** Races of direct I/O with the page cache. */
final class BufferedRaces {
  private static final int PAGE = 4096;
  private static final int PAGES = 4;
  private static final int BYTES = PAGES * PAGE;

  /** More pages than one capped step of the placeholder scheme claims. */
  private static final int TWO_STEPS = 128 * PAGE;

  /** A page of the second step. */
  private static final int SECOND_STEP = 65 * PAGE;

  private BufferedRaces() {}

  /** E1: a buffered read of a page that a hole-filling write has mapped but not claimed. */
  static void readOfAPageMappedEarly(Scene scene) throws IOException {
    DioFile file = scene.sparseFile(2L * TWO_STEPS);
    scene.readBuffered(file, TWO_STEPS, PAGE); // a cached page makes the claims go step by step
    AtomicReference<byte[]> during = new AtomicReference<>(new byte[0]);
    scene.actor("writer", () -> scene.write(file, 'b', 0, TWO_STEPS));
    scene.actor("reader", () -> during.set(scene.readBuffered(file, SECOND_STEP, PAGE)));
    scene.play(until("writer", DEVICE_WRITES), end("reader"), end("writer"));
    scene.mayHold("the reader", during.get(), "0b");
    if (!scene.isStuck()) {
      scene.mustHold(
          "the buffered reader afterwards", scene.readBuffered(file, SECOND_STEP, PAGE), 'b', PAGE);
    }
  }

  /** E1: a truncate frees blocks that a write has mapped but not claimed. */
  static void truncateOfPagesMappedEarly(Scene scene) throws IOException {
    DioFile file = scene.file('a', TWO_STEPS + PAGE);
    DioFile other = scene.volume().create();
    scene.readBuffered(file, TWO_STEPS, PAGE); // a cached page makes the claims go step by step
    scene.fillVolume();
    int freed = TWO_STEPS / 2;
    scene.actor("writer", () -> scene.write(file, 'b', 0, TWO_STEPS));
    scene.actor(
        "truncater",
        () -> {
          file.truncate(freed);
          file.fsync(); // only now the blocks can be allocated again
          scene.write(other, 'x', 0, freed);
        });
    scene.play(until("writer", DEVICE_WRITES), end("truncater"), end("writer"));
    if (!scene.isStuck()) {
      scene.mayHold("the reader of the other file", scene.read(other, 0, freed), "x");
    }
  }

  /** E10: a direct read of pages that are written out and not converted yet. */
  static void directReadDuringWriteOut(Scene scene) throws IOException {
    DioFile file = scene.unwrittenFile(BYTES);
    AtomicReference<byte[]> got = new AtomicReference<>(new byte[0]);
    scene.writeBuffered(file, 'b', 0, BYTES);
    scene.actor("flusher", file::fsync);
    scene.actor("reader", () -> got.set(scene.read(file, 0, BYTES)));
    scene.play(until("flusher", DEVICE_HAS_WRITTEN), end("reader"), end("flusher"));
    scene.mustHold("the direct reader", got.get(), 'b', BYTES);
  }

  /** E11, generic/418: a page is cached between the invalidation and the move of i_size. */
  static void readOfTheTailDuringAnAppend(Scene scene) throws IOException {
    int block = 1024;
    DioFile file = scene.file('a', block);
    scene.actor("appender", () -> scene.write(file, 'b', block, block));
    scene.actor("reader", () -> scene.readBuffered(file, 0, PAGE));
    scene.actor("second", () -> scene.readBuffered(file, 0, PAGE));
    scene.play(
        until("appender", DEVICE_WRITES),
        end("reader"),
        until("appender", MARK),
        end("second"),
        end("appender"));
    if (!scene.isStuck()) {
      byte[] got = scene.readBuffered(file, 0, PAGE);
      scene.mustHold("the reader of the old part", Scene.part(got, 0, block), 'a', block);
      scene.mustHold("the reader of the append", Scene.part(got, block, PAGE), 'b', block);
    }
  }

  /** E13: a direct write that goes from written blocks into a hole. */
  static void fallbackInTheMiddle(Scene scene) throws IOException {
    DioFile file = scene.sparseFile(BYTES);
    scene.write(file, 'a', 0, PAGE);
    file.fsync();
    AtomicReference<byte[]> direct = new AtomicReference<>(new byte[0]);
    scene.actor("writer", () -> scene.write(file, 'b', 0, BYTES));
    scene.actor("reader", () -> direct.set(scene.read(file, 0, BYTES)));
    scene.play(end("writer"), end("reader"));
    scene.mayHold("the direct reader", direct.get(), scene.isScheduled() ? "b" : "0ab");
    if (!scene.isStuck()) {
      scene.mustHold("the buffered reader", scene.readBuffered(file, 0, BYTES), 'b', BYTES);
      file.fsync();
      scene.afterCrash(
          file, found -> scene.mustHold("after a crash", scene.read(found, 0, BYTES), 'b', BYTES));
    }
  }

  /** E14: one of two appended pages is written out, and a crash follows. */
  static void crashAfterPartOfAnAppendIsWrittenOut(Scene scene) throws IOException {
    DioFile file = scene.file('a', PAGE);
    DioFile other = scene.volume().create();
    scene.writeBuffered(file, 'b', PAGE, 2 * PAGE);
    scene.actor("reader", () -> scene.read(file, PAGE, PAGE));
    scene.actor("committer", other::fsync);
    scene.play(end("reader"), end("committer"));
    scene.afterCrash(
        file,
        found -> {
          int size = (int) found.size();
          scene.mayHold("the reader after the crash", scene.read(found, 0, size), "ab");
        });
  }

  /**
   * E14: a DSYNC write inside i_size, behind an i_disksize that lies in the middle of its block:
   * the write before it has converted the block, so that it converts nothing itself.
   */
  static void dsyncWriteBehindTheSizeOnDisk(Scene scene) throws IOException {
    DioFile file = scene.file('a', PAGE);
    scene.writeBuffered(file, 'b', 3 * PAGE, PAGE);
    scene.write(file, 'd', 2 * PAGE, 512);
    scene.actor("writer", () -> scene.write(file, 'c', 2 * PAGE + 1024, 512, true));
    scene.play(end("writer"));
    scene.afterCrash(
        file,
        found -> {
          scene.expect(
              found.size() >= 2 * PAGE + 1536, "i_size after the crash is " + found.size());
          scene.mustHold("the reader", scene.read(found, 2 * PAGE + 1024, 512), 'c', 512);
        });
  }

  /**
   * E14: a direct append into preallocated blocks behind a page that is not written out; a crash
   * after a commit between its conversion and its move of i_size.
   */
  static void crashDuringAnAppendBehindABufferedOne(Scene scene) throws IOException {
    DioFile other = scene.file('x', PAGE);
    DioFile file = scene.file('a', PAGE);
    file.fallocate(PAGE, 2 * PAGE, true);
    scene.writeBuffered(file, 'b', PAGE, PAGE);
    scene.actor("appender", () -> scene.write(file, 'c', 2 * PAGE, PAGE));
    scene.actor(
        "committer",
        () -> {
          scene.write(other, 'y', PAGE, PAGE, true);
          scene.afterCrash(
              file,
              found ->
                  scene.expect(
                      found.size() != 2 * PAGE, "i_size covers a page that was not written out"));
        });
    scene.play(until("appender", CONVERTED), end("committer"), end("appender"));
  }

  /** E14: a direct append behind a buffered one; a crash between leaves a clean image. */
  static void directAppendBehindABufferedOne(Scene scene) throws IOException {
    DioFile file = scene.file('a', PAGE);
    scene.writeBuffered(file, 'b', PAGE, PAGE);
    scene.actor("appender", () -> scene.write(file, 'c', 2 * PAGE, PAGE, true));
    scene.actor("flusher", file::fsync);
    scene.play(until("appender", DEVICE_WRITES), end("flusher"), end("appender"));
    if (!scene.isStuck()) {
      file.fsync();
      scene.afterCrash(
          file,
          found -> {
            scene.expect(found.size() == 3 * PAGE, "i_size after the crash is " + found.size());
            byte[] got = scene.read(found, 0, 3 * PAGE);
            scene.mustHold("the reader of the first", Scene.part(got, 0, PAGE), 'a', PAGE);
            scene.mustHold("the reader of the second", Scene.part(got, PAGE, 2 * PAGE), 'b', PAGE);
            scene.mustHold(
                "the reader of the third", Scene.part(got, 2 * PAGE, 3 * PAGE), 'c', PAGE);
          });
    }
  }

  /** E17: one page over two unwritten extents with a written one between them. */
  static void pageOverSeveralUnwrittenExtents(Scene scene) throws IOException {
    int block = 1024;
    DioFile file = scene.unwrittenFile(PAGE);
    scene.write(file, 'a', block, block);
    file.fsync();
    scene.writeBuffered(file, 'b', 0, PAGE);
    AtomicReference<byte[]> got = new AtomicReference<>(new byte[0]);
    scene.actor("flusher", file::fsync);
    scene.actor("reader", () -> got.set(scene.read(file, 0, PAGE)));
    scene.play(end("flusher"), end("reader"));
    scene.mustHold("the direct reader", got.get(), 'b', PAGE);
    scene.afterCrash(
        file,
        found ->
            scene.mayHold(
                "after a crash", scene.read(found, 0, PAGE), scene.isScheduled() ? "b" : "0ab"));
  }

  /** generic/209: pages that are read while a direct write is in flight must not stay. */
  static void readAheadDuringADirectWrite(Scene scene) throws IOException {
    DioFile file = scene.file('a', BYTES);
    scene.actor("writer", () -> scene.write(file, 'b', 0, BYTES));
    scene.actor("reader", () -> scene.readBuffered(file, 0, BYTES));
    scene.play(until("writer", DEVICE_WRITES), end("reader"), end("writer"));
    if (!scene.isStuck()) {
      scene.mustHold("the buffered reader", scene.readBuffered(file, 0, BYTES), 'b', BYTES);
    }
  }

  /** generic/036: a direct and a buffered write share a page, not a sector. */
  static void directAndBufferedWriteOfOnePage(Scene scene) throws IOException {
    DioFile file = scene.file('a', BYTES);
    scene.actor("direct", () -> scene.write(file, 'b', 0, 512));
    scene.actor("buffered", () -> scene.writeBuffered(file, 'c', 1024, 512));
    scene.play(until("direct", DEVICE_WRITES), end("buffered"), end("direct"));
    if (!scene.isStuck()) {
      file.fsync();
      byte[] got = scene.read(file, 0, PAGE);
      scene.mustHold("the reader of the direct write", Scene.part(got, 0, 512), 'b', 512);
      scene.mustHold("the reader between", Scene.part(got, 512, 1024), 'a', 512);
      scene.mustHold("the reader of the buffered write", Scene.part(got, 1024, 1536), 'c', 512);
      scene.mustHold("the reader behind", Scene.part(got, 1536, PAGE), 'a', PAGE - 1536);
    }
  }
}
