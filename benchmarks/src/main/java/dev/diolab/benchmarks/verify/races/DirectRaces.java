package dev.diolab.benchmarks.verify.races;

import static dev.diolab.benchmarks.verify.races.schedule.Moment.CONVERTS;
import static dev.diolab.benchmarks.verify.races.schedule.Moment.DEVICE_HAS_WRITTEN;
import static dev.diolab.benchmarks.verify.races.schedule.Moment.DEVICE_READS;
import static dev.diolab.benchmarks.verify.races.schedule.Moment.DEVICE_WRITES;
import static dev.diolab.benchmarks.verify.races.schedule.Moment.GRANTED;
import static dev.diolab.benchmarks.verify.races.schedule.Moment.IO_DONE;
import static dev.diolab.benchmarks.verify.races.schedule.Moment.SUBMITTED;
import static dev.diolab.benchmarks.verify.races.schedule.Step.end;
import static dev.diolab.benchmarks.verify.races.schedule.Step.until;

import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** Races of direct I/O with truncate and with itself; no page cache is needed. */
final class DirectRaces {
  private static final int BLOCK = 4096;
  private static final int BLOCKS = 4;
  private static final int BYTES = BLOCKS * BLOCK;

  private DirectRaces() {}

  /** E5: a truncate frees the blocks that an overwrite in flight is about to write. */
  static void truncateAgainstOverwrite(Scene scene) throws IOException {
    DioFile file = scene.file('a', BYTES);
    DioFile other = scene.volume().create();
    scene.fillVolume();
    scene.actor("writer", () -> scene.write(file, 'b', 0, BYTES));
    scene.actor("truncater", () -> truncateAndReuse(scene, file, other));
    scene.play(until("writer", DEVICE_WRITES), end("truncater"), end("writer"));
    if (!scene.isStuck()) {
      scene.mayHold("the reader of the other file", scene.read(other, 0, BYTES), "x");
    }
  }

  /** E6: a read starts while a truncate is between its wait for reads and its move of i_size. */
  static void truncateAgainstRead(Scene scene) throws IOException {
    DioFile file = scene.file('a', BYTES);
    DioFile other = scene.volume().create();
    scene.fillVolume();
    AtomicReference<byte[]> got = new AtomicReference<>(new byte[0]);
    scene.actor("truncater", () -> truncateAndReuse(scene, file, other));
    scene.actor("reader", () -> got.set(scene.read(file, 0, BYTES)));
    scene.play(
        until("truncater", GRANTED),
        until("reader", DEVICE_READS),
        end("truncater"),
        end("reader"));
    scene.mayHold("the reader", got.get(), "a");
  }

  private static void truncateAndReuse(Scene scene, DioFile file, DioFile other)
      throws IOException {
    file.truncate(0);
    file.fsync(); // only now the blocks can be allocated again
    scene.write(other, 'x', 0, BYTES);
  }

  /** E7: a truncate and an fallocate pass between the data of a write and its conversion. */
  static void truncateAgainstConversion(Scene scene) throws IOException {
    DioFile file = scene.unwrittenFile(BYTES);
    scene.actor("writer", () -> scene.write(file, 'b', 0, BYTES));
    scene.actor(
        "truncater",
        () -> {
          file.truncate(0);
          file.fallocate(0, BYTES, false);
        });
    scene.play(until("writer", CONVERTS), end("truncater"), end("writer"));
    if (!scene.isStuck()) {
      scene.mayHold("the reader afterwards", scene.read(file, 0, BYTES), "0b");
    }
  }

  /** E8: two writes of parts of one unwritten block; each zeroes what it does not write. */
  static void partsOfOneUnwrittenBlock(Scene scene) throws IOException {
    partsOfOneUnwrittenBlock(scene, scene::write);
  }

  /** E8, 372a03e01853: the same of two asynchronous writes, each by a thread of its own. */
  static void partsOfOneUnwrittenBlockInFlight(Scene scene) throws IOException {
    partsOfOneUnwrittenBlock(scene, scene::writeAsync);
  }

  private static void partsOfOneUnwrittenBlock(Scene scene, Writing how) throws IOException {
    DioFile file = scene.unwrittenFile(BLOCK);
    scene.actor("first", () -> how.write(file, 'b', 0, 512));
    scene.actor("second", () -> how.write(file, 'c', 1024, 512));
    scene.play(until("first", DEVICE_HAS_WRITTEN, 2), end("second"), end("first"));
    if (!scene.isStuck()) {
      file.fsync();
      byte[] got = scene.read(file, 0, BLOCK);
      scene.mustHold("the reader of the first part", Scene.part(got, 0, 512), 'b', 512);
      scene.mustHold("the reader of the gap", Scene.part(got, 512, 1024), '0', 512);
      scene.mustHold("the reader of the second part", Scene.part(got, 1024, 1536), 'c', 512);
      scene.mustHold("the reader of the rest", Scene.part(got, 1536, BLOCK), '0', BLOCK - 1536);
    }
  }

  /**
   * E8: a synchronous write of a part of an unwritten block zeroes its rest, which an asynchronous
   * one has just written and not converted yet.
   */
  static void partOfABlockInFlight(Scene scene) throws IOException {
    DioFile file = scene.unwrittenFile(2 * BLOCK);
    int from = BLOCK - 512;
    scene.actor("asynchronous", () -> scene.writeAsync(file, 'b', 0, BLOCK));
    scene.actor("synchronous", () -> scene.write(file, 'c', from, 1024));
    scene.play(until("asynchronous", DEVICE_HAS_WRITTEN), end("synchronous"), end("asynchronous"));
    if (!scene.isStuck()) {
      byte[] got = scene.read(file, 0, 2 * BLOCK);
      scene.mustHold("the reader of the block in flight", Scene.part(got, 0, from), 'b', from);
      scene.mayHold("the reader of what both wrote", Scene.part(got, from, BLOCK), "bc");
      scene.mustHold("the reader of the part", Scene.part(got, BLOCK, BLOCK + 512), 'c', 512);
      scene.mustHold(
          "the reader of the rest", Scene.part(got, BLOCK + 512, 2 * BLOCK), '0', BLOCK - 512);
    }
  }

  /**
   * E8: an asynchronous write of a part of an unwritten block zeroes its rest after it gave back
   * the lock, and so what another one has written there meanwhile.
   */
  static void blockAgainstItsPart(Scene scene) throws IOException {
    DioFile file = scene.unwrittenFile(BLOCK);
    scene.actor("part", () -> scene.writeAsync(file, 'b', 0, 512));
    scene.actor("block", () -> scene.write(file, 'c', 0, BLOCK));
    scene.play(until("part", DEVICE_WRITES), end("block"), end("part"));
    if (!scene.isStuck()) {
      byte[] got = scene.read(file, 0, BLOCK);
      scene.mayHold("the reader of what both wrote", Scene.part(got, 0, 512), "bc");
      scene.mustHold("the reader of the rest", Scene.part(got, 512, BLOCK), 'c', BLOCK - 512);
    }
  }

  /** One way to write. */
  @FunctionalInterface
  private interface Writing {
    void write(DioFile file, char letter, long offset, int bytes) throws IOException;
  }

  /** E8, 372a03e01853: a write up to i_size and one from there on share a block. */
  static void partsOfTheBlockAtTheEnd(Scene scene) throws IOException {
    int size = 41472;
    DioFile file = scene.sparseFile(size);
    scene.actor("inside", () -> scene.write(file, 'b', size - BLOCK, BLOCK));
    scene.actor("beyond", () -> scene.write(file, 'c', size, BLOCK));
    scene.play(until("inside", DEVICE_HAS_WRITTEN, 3), end("beyond"), end("inside"));
    if (!scene.isStuck()) {
      scene.mustHold("the reader inside", scene.read(file, size - BLOCK, BLOCK), 'b', BLOCK);
      scene.mustHold("the reader beyond", scene.read(file, size, BLOCK), 'c', BLOCK);
    }
  }

  /** generic/586: an fallocate zeroes behind the old size what an append has just written. */
  static void fallocateAgainstAppend(Scene scene) throws IOException {
    DioFile file = scene.file('a', 512);
    AtomicReference<byte[]> got = new AtomicReference<>(new byte[0]);
    scene.actor("appender", () -> scene.write(file, 'b', 512, 512));
    scene.actor("allocator", () -> file.fallocate(0, BYTES, false));
    scene.actor("reader", () -> got.set(scene.read(file, 512, 512)));
    scene.play(until("appender", IO_DONE), end("allocator"), end("reader"), end("appender"));
    scene.mayHold("the reader during the append", got.get(), "0b");
    if (!scene.isStuck()) {
      file.fsync();
      scene.expect(file.size() == BYTES, "i_size is " + file.size() + ", must be " + BYTES);
      byte[] all = scene.read(file, 0, BYTES);
      scene.mustHold("the reader of the old part", Scene.part(all, 0, 512), 'a', 512);
      scene.mustHold("the reader of the append", Scene.part(all, 512, 1024), 'b', 512);
      scene.mustHold("the reader of the rest", Scene.part(all, 1024, BYTES), '0', BYTES - 1024);
    }
  }

  /** generic/239: a read sees a hole that a write is filling. */
  static void readOfAHoleBeingFilled(Scene scene) throws IOException {
    DioFile file = scene.sparseFile(BYTES);
    AtomicReference<byte[]> during = new AtomicReference<>(new byte[0]);
    AtomicReference<byte[]> between = new AtomicReference<>(new byte[0]);
    AtomicReference<byte[]> after = new AtomicReference<>(new byte[0]);
    scene.actor(
        "writer",
        () -> {
          scene.write(file, 'b', 0, BYTES);
          after.set(scene.read(file, 0, BYTES));
        });
    scene.actor("reader", () -> during.set(scene.read(file, 0, BYTES)));
    scene.actor("later", () -> between.set(scene.read(file, 0, BYTES)));
    scene.play(
        until("writer", DEVICE_WRITES), end("reader"), until("writer", CONVERTS), end("later"));
    scene.mayHold("the reader during the transfer", during.get(), "0b");
    scene.mayHold("the reader before the conversion", between.get(), "0b");
    scene.mustHold("the reader after the write", after.get(), 'b', BYTES);
  }

  /** generic/465: a read of the end sees an append that has moved i_size before its data. */
  static void readAgainstAppend(Scene scene) throws IOException {
    DioFile file = scene.file('a', BLOCK);
    AtomicReference<byte[]> got = new AtomicReference<>(new byte[0]);
    scene.actor("appender", () -> scene.write(file, 'a', BLOCK, BLOCK));
    scene.actor("reader", () -> got.set(scene.read(file, BLOCK, BLOCK)));
    scene.play(until("appender", DEVICE_WRITES), end("reader"), end("appender"));
    scene.mayHold("the reader", got.get(), "a");
  }

  /**
   * E15: two writes look up that they overwrite, a punch makes a hole of their block, and they go
   * on as overwrites. Held behind the punch they must look again.
   */
  static void punchAgainstTheCheckOfAnOverwrite(Scene scene) throws IOException {
    DioFile file = scene.file('a', BLOCK);
    scene.actor("puncher", () -> file.punchHole(0, BLOCK));
    scene.actor("first", () -> scene.write(file, 'b', 0, 512));
    scene.actor("second", () -> scene.write(file, 'c', 1024, 512));
    scene.play(
        until("puncher", GRANTED),
        until("first", GRANTED),
        until("second", GRANTED),
        end("puncher"),
        until("first", SUBMITTED),
        end("second"),
        end("first"));
    if (!scene.isStuck()) {
      file.fsync();
      // in the schedule all their blocks are mapped after the punch
      String lost = scene.isScheduled() ? "" : "0";
      byte[] got = scene.read(file, 0, BLOCK);
      scene.mayHold("the reader of the first part", Scene.part(got, 0, 512), "b" + lost);
      scene.mayHold("the reader of the gap", Scene.part(got, 512, 1024), "0");
      scene.mayHold("the reader of the second part", Scene.part(got, 1024, 1536), "c" + lost);
      scene.mayHold("the reader of the rest", Scene.part(got, 1536, BLOCK), "0");
    }
  }

  /** E21: a truncate waits for an overwrite that needs the lock which truncate holds. */
  static void truncateAndOverwriteWaitForEachOther(Scene scene) throws IOException {
    DioFile file = scene.file('a', BYTES);
    scene.actor("writer", () -> scene.write(file, 'b', 0, BLOCK));
    scene.actor("truncater", () -> file.truncate(BLOCK));
    scene.play(until("writer", DEVICE_WRITES), end("truncater"), end("writer"));
    if (!scene.isStuck()) {
      scene.mustHold("the reader", scene.read(file, 0, BYTES), 'b', BLOCK);
    }
  }

  /** E9: two writes into unwritten blocks of one file complete in the other order. */
  static void twoConversionsOfOneFile(Scene scene) throws IOException {
    DioFile file = scene.unwrittenFile(BYTES);
    scene.actor("first", () -> scene.write(file, 'b', 0, BLOCK));
    scene.actor("second", () -> scene.write(file, 'c', 2 * BLOCK, BLOCK));
    scene.play(until("first", DEVICE_WRITES), end("second"), end("first"));
    if (!scene.isStuck()) {
      scene.mustHold("the reader of the first", scene.read(file, 0, BLOCK), 'b', BLOCK);
      scene.mustHold("the reader between", scene.read(file, BLOCK, BLOCK), '0', BLOCK);
      scene.mustHold("the reader of the second", scene.read(file, 2 * BLOCK, BLOCK), 'c', BLOCK);
      scene.mustHold("the reader behind", scene.read(file, 3 * BLOCK, BLOCK), '0', BLOCK);
    }
  }

  /** E12: a DSYNC append returns, and a crash follows at once. */
  static void crashAfterDsyncAppend(Scene scene) throws IOException {
    DioFile file = scene.file('a', BLOCK);
    scene.actor("appender", () -> scene.write(file, 'b', BLOCK, BLOCK, true));
    scene.play(end("appender"));
    scene.afterCrash(
        file,
        found -> {
          scene.expect(
              found.size() == 2 * BLOCK,
              "i_size after the crash is " + found.size() + ", must be " + 2 * BLOCK);
          scene.mustHold("the reader", scene.read(found, BLOCK, BLOCK), 'b', BLOCK);
        });
  }

  /** generic/198, 240: a read of a block whose first sector is being written into a hole. */
  static void readOfABlockThatIsPartlyFilled(Scene scene) throws IOException {
    DioFile file = scene.sparseFile(BYTES);
    AtomicReference<byte[]> during = new AtomicReference<>(new byte[0]);
    scene.actor("writer", () -> scene.write(file, 'b', 512, 512));
    scene.actor("reader", () -> during.set(scene.read(file, 0, BLOCK)));
    scene.play(until("writer", CONVERTS), end("reader"), end("writer"));
    scene.mayHold("the reader before the conversion", during.get(), "0b");
    if (!scene.isStuck()) {
      byte[] got = scene.read(file, 0, BLOCK);
      scene.mustHold("the reader before the part", Scene.part(got, 0, 512), '0', 512);
      scene.mustHold("the reader of the part", Scene.part(got, 512, 1024), 'b', 512);
      scene.mustHold("the reader behind it", Scene.part(got, 1024, BLOCK), '0', BLOCK - 1024);
    }
  }

  /** generic/210: a read of the last, partial block returns what the file has, and no more. */
  static void readOfThePartialLastBlock(Scene scene) throws IOException {
    DioFile file = scene.file('a', BLOCK);
    AtomicReference<byte[]> got = new AtomicReference<>(new byte[0]);
    scene.actor(
        "reader",
        () -> {
          file.truncate(1000);
          got.set(scene.read(file, 0, BLOCK));
        });
    scene.play(end("reader"));
    scene.mustHold("the reader", got.get(), 'a', 1000);
  }

  /** generic/551: a read of a written block and a hole, beside a write of both. */
  static void overlappingReadAndWrite(Scene scene) throws IOException {
    DioFile file = scene.sparseFile(2L * BLOCK);
    scene.write(file, 'a', 0, BLOCK);
    file.fsync();
    AtomicReference<byte[]> got = new AtomicReference<>(new byte[0]);
    scene.actor("reader", () -> got.set(scene.read(file, 0, 2 * BLOCK)));
    scene.actor("writer", () -> scene.write(file, 'b', 0, 2 * BLOCK));
    scene.play(until("reader", DEVICE_READS), end("writer"), end("reader"));
    if (!scene.isStuck()) {
      boolean old = Letters.letterOf(got.get()[0]) == 'a';
      byte[] second = Scene.part(got.get(), BLOCK, 2 * BLOCK);
      scene.mustHold(
          "the reader of the first block", Scene.part(got.get(), 0, BLOCK), old ? 'a' : 'b', BLOCK);
      scene.mustHold("the same reader of the hole", second, old ? '0' : 'b', BLOCK);
    }
  }
}
