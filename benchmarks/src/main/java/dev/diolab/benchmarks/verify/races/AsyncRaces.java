package dev.diolab.benchmarks.verify.races;

import static dev.diolab.benchmarks.verify.races.schedule.Moment.CONVERTS;
import static dev.diolab.benchmarks.verify.races.schedule.Stage.WORKER;
import static dev.diolab.benchmarks.verify.races.schedule.Step.end;

import dev.diolab.engine.file.DioFile;
import java.io.IOException;

/**
 * Races between the one who takes a completion and the worker that converts: the worker is held
 * before the conversion for as long as nobody waits for it, as the msleep of b43d17f319f2 did.
 */
final class AsyncRaces {
  private static final int BLOCK = 4096;
  private static final int BYTES = 4 * BLOCK;

  private AsyncRaces() {}

  /** E3: who took the completion of a first write reads it, directly and through the page cache. */
  static void readAfterCompletion(Scene scene) throws IOException {
    DioFile file = scene.unwrittenFile(BYTES);
    scene.holdWorkersAt(CONVERTS);
    scene.actor(
        "user",
        () -> {
          scene.writeAsync(file, 'b', 0, BYTES);
          scene.mustHold("the direct reader", scene.read(file, 0, BYTES), 'b', BYTES);
          scene.mustHold("the buffered reader", scene.readBuffered(file, 0, BYTES), 'b', BYTES);
        });
    scene.play(end("user"), end(WORKER));
  }

  /**
   * E3: who took the completion of a write over written and unwritten blocks reads both, and gets
   * all of the write or nothing.
   */
  static void readOfAWriteConvertedInPart(Scene scene) throws IOException {
    DioFile file = scene.unwrittenFile(BYTES);
    scene.write(file, 'a', 0, BYTES / 2);
    scene.holdWorkersAt(CONVERTS);
    scene.actor(
        "user",
        () -> {
          scene.writeAsync(file, 'b', 0, BYTES);
          byte[] got = scene.read(file, 0, BYTES);
          if (Letters.letterOf(got[0]) == 'b') {
            scene.mustHold("the reader of a part of the write", got, 'b', BYTES);
          }
        });
    scene.play(end("user"), end(WORKER));
  }

  /** E4: who took the completion calls fsync, and the machine crashes as soon as it returns. */
  static void fsyncAfterCompletion(Scene scene) throws IOException {
    DioFile file = scene.unwrittenFile(BYTES);
    scene.holdWorkersAt(CONVERTS);
    scene.actor(
        "user",
        () -> {
          scene.writeAsync(file, 'b', 0, BYTES);
          file.fsync();
          scene.afterCrash(
              file,
              found ->
                  scene.mustHold(
                      "the reader after the crash", scene.read(found, 0, BYTES), 'b', BYTES));
        });
    scene.play(end("user"), end(WORKER));
  }
}
