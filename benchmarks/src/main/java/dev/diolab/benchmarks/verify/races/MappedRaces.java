package dev.diolab.benchmarks.verify.races;

import static dev.diolab.benchmarks.verify.races.schedule.Moment.MARK;
import static dev.diolab.benchmarks.verify.races.schedule.Moment.SUBMITTED;
import static dev.diolab.benchmarks.verify.races.schedule.Step.end;
import static dev.diolab.benchmarks.verify.races.schedule.Step.until;

import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.FileMapping;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Races with mappings of the file, and with user buffers that map it. */
final class MappedRaces {
  private static final int PAGE = 4096;

  /** Pages that get_user_pages pins at a time. */
  private static final int BATCH = 64;

  private MappedRaces() {}

  /**
   * E2, Linus: {@code buf = mmap(fd, 128 pages); write(fd, buf, 66 pages)} at offset 0. Here all
   * 128 pages are written: a fault of page 63 reads some pages ahead, which are not faulted again.
   */
  static void bufferIsTheRangeWritten(Scene scene) throws IOException {
    writeFromItself(scene, 0, 2 * BATCH);
  }

  /** E2, the rest: {@code pwrite(fd, buf, 128 pages, 64 pages)} with a cold cache. */
  static void secondBatchIsWhatTheFirstStepClaimed(Scene scene) throws IOException {
    writeFromItself(scene, BATCH, 2 * BATCH);
  }

  /**
   * Writes the first {@code pages} of the file to page {@code to}, out of a mapping of the file.
   */
  private static void writeFromItself(Scene scene, int to, int pages) throws IOException {
    DioFile file = scene.volume().create();
    for (int i = 0; i < 3; i++) {
      scene.write(file, (char) ('a' + i), (long) i * BATCH * PAGE, BATCH * PAGE);
    }
    file.fsync();
    FileMapping mapping = file.mmap(0, 2L * BATCH * PAGE);
    byte[] source = scene.read(file, 0, pages * PAGE);
    scene.actor(
        "writer",
        () -> {
          DioRequest request = new DioRequest(mapping);
          int done = file.write(request.prepare(0, (long) to * PAGE, pages * PAGE, false));
          scene.expect(done == pages * PAGE, "the write returned " + done);
        });
    scene.play(end("writer"));
    if (!scene.isStuck()) {
      mapping.close();
      scene.mustEqual("the reader", scene.read(file, (long) to * PAGE, pages * PAGE), source);
    }
  }

  /** E18: a direct read and a store into a hole; neither may fail. */
  static void directReadAgainstAStore(Scene scene) throws IOException {
    DioFile file = scene.sparseFile(4L * PAGE);
    FileMapping mapping = file.mmap(0, 4L * PAGE);
    MemorySegment stored = MemorySegment.ofArray(Letters.of('b', PAGE));
    scene.actor("storer", () -> mapping.store(0, stored, 0, PAGE));
    scene.actor("reader", () -> scene.mayHold("the reader", scene.read(file, 0, PAGE), "0b"));
    scene.actor("writer", () -> scene.write(file, 'c', PAGE, PAGE));
    scene.play(until("storer", MARK), end("reader"), end("writer"), end("storer"));
    if (!scene.isStuck()) {
      mapping.close();
      scene.mustHold("the direct reader", scene.read(file, 0, PAGE), 'b', PAGE);
      scene.mustHold("the reader of the write", scene.read(file, PAGE, PAGE), 'c', PAGE);
    }
  }

  /** generic/208: the pages of a direct write are pinned by somebody and cannot be dropped. */
  static void directWriteOverPinnedPages(Scene scene) throws IOException {
    DioFile file = scene.file('a', 4 * PAGE);
    DioFile source = scene.file('x', PAGE);
    FileMapping mapping = file.mmap(0, PAGE);
    scene.actor(
        "pinner", // reads another file into the beginning of the mapped page
        () -> source.read(new DioRequest(mapping).prepare(0, 0, 512, false)));
    scene.actor("writer", () -> scene.write(file, 'b', 0, 2 * PAGE));
    scene.play(until("pinner", SUBMITTED), end("writer"), end("pinner"));
    if (!scene.isStuck()) {
      mapping.close();
      byte[] buffered = scene.readBuffered(file, 0, 2 * PAGE);
      scene.mayHold("the buffered reader", Scene.part(buffered, 0, 512), "bx");
      // a fault in the middle of the direct write may cache what was there before, as in Linux
      String rest = scene.isScheduled() ? "b" : "ab";
      scene.mayHold("the reader of the rest", Scene.part(buffered, 512, 2 * PAGE), rest);
      scene.mustEqual("the direct reader", scene.read(file, 0, 2 * PAGE), buffered);
    }
  }
}
