package dev.diolab.engine.journal;

import dev.diolab.engine.format.BlockSeal;
import dev.diolab.engine.format.Bytes;
import dev.diolab.engine.format.CorruptImageException;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * The one place where tests build a journal: an image of {@link #HOMES} metadata blocks followed by
 * the journal. A block holds one value, repeated, and a checksum at its end.
 */
final class JournalWorld {
  static final int BLOCK_SIZE = 1024;
  static final int HOMES = 40;

  /**
   * A checksum over the whole block and its number: a torn, mixed or misplaced block is noticed.
   */
  static final BlockSeal SEAL =
      new BlockSeal() {
        @Override
        public void seal(byte[] block, long number) {
          Bytes.putInt(block, block.length - 4, checksum(block, number));
        }

        @Override
        public void verify(byte[] block, long number) throws CorruptImageException {
          boolean neverWritten = value(block) == 0;
          if (!neverWritten && Bytes.getInt(block, block.length - 4) != checksum(block, number)) {
            throw new CorruptImageException("block " + number + ": checksum does not match");
          }
        }
      };

  final int journalBlocks;
  final TestDevice device;
  BlockCache cache;
  Journal journal;

  private JournalWorld(TestDevice device, int journalBlocks, JournalOptions options)
      throws IOException {
    this.journalBlocks = journalBlocks;
    this.device = device;
    this.cache = new BlockCache(device, BLOCK_SIZE);
    this.journal = Journal.open(device, cache, HOMES, journalBlocks, options);
  }

  /** A freshly formatted image with an open journal and no commit thread. */
  static JournalWorld fresh(int journalBlocks) throws IOException {
    return fresh(journalBlocks, JournalOptions.withoutCommitThread());
  }

  static JournalWorld fresh(int journalBlocks, JournalOptions options) throws IOException {
    return new JournalWorld(formatted(journalBlocks, true), journalBlocks, options);
  }

  /** As {@link #fresh(int)}, without the memory for crash states. */
  static JournalWorld unrecorded(int journalBlocks) throws IOException {
    return new JournalWorld(
        formatted(journalBlocks, false), journalBlocks, JournalOptions.withoutCommitThread());
  }

  /** What {@code image} becomes by recovery, with the journal open. */
  static JournalWorld recovered(byte[] image, int journalBlocks) throws IOException {
    TestDevice device = new TestDevice(image, true);
    Journal.recover(device, HOMES, journalBlocks, BLOCK_SIZE);
    return new JournalWorld(device, journalBlocks, JournalOptions.withoutCommitThread());
  }

  private static TestDevice formatted(int journalBlocks, boolean recording) throws IOException {
    byte[] image = new byte[(HOMES + journalBlocks) * BLOCK_SIZE];
    Journal.format(new TestDevice(image, false), HOMES, journalBlocks, BLOCK_SIZE);
    return new TestDevice(image, recording);
  }

  MetaBlock block(long number) throws IOException {
    return cache.get(number, SEAL);
  }

  /** Writes {@code value} to {@code numbers} in one handle; returns its tid. */
  long change(long value, long... numbers) throws IOException {
    try (Handle handle = journal.start(numbers.length)) {
      for (long number : numbers) {
        set(handle, block(number), value);
      }
      return handle.tid();
    }
  }

  static void set(Handle handle, MetaBlock block, long value) {
    handle.modify(block);
    fill(block.data(), value);
  }

  static void fill(byte[] block, long value) {
    for (int offset = 0; offset < block.length; offset += Long.BYTES) {
      Bytes.putLong(block, offset, value);
    }
  }

  /** The values at home of all blocks of {@code image}; every block must be whole. */
  static long[] values(byte[] image) throws IOException {
    long[] values = new long[HOMES];
    byte[] block = new byte[BLOCK_SIZE];
    for (int number = 0; number < HOMES; number++) {
      System.arraycopy(image, number * BLOCK_SIZE, block, 0, BLOCK_SIZE);
      SEAL.verify(block, number);
      values[number] = value(block);
    }
    return values;
  }

  static long value(byte[] block) {
    return Bytes.getLong(block, 0);
  }

  private static int checksum(byte[] block, long number) {
    CRC32C crc = new CRC32C();
    crc.update(block, 0, block.length - 4);
    crc.update((int) number);
    return (int) crc.getValue();
  }
}
