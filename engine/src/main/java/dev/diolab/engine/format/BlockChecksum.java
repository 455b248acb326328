package dev.diolab.engine.format;

import java.util.zip.CRC32C;

/**
 * CRC32C of a metadata block, begun with the block's number, so that a block that was written to
 * the wrong place does not pass for the one that belongs there.
 */
final class BlockChecksum {
  private BlockChecksum() {}

  /**
   * The checksum of the first {@code length} bytes of {@code block}, which is block {@code number}.
   */
  static int of(byte[] block, int length, long number) {
    byte[] seed = new byte[Long.BYTES];
    Bytes.putLong(seed, 0, number);
    CRC32C crc = new CRC32C();
    crc.update(seed);
    crc.update(block, 0, length);
    return (int) crc.getValue();
  }

  /**
   * Checks the checksum that is stored at {@code offset} and covers all bytes before it.
   *
   * @throws CorruptImageException naming {@code structure}, the block, the expected and the found
   *     value
   */
  static void verify(String structure, byte[] block, int offset, long number)
      throws CorruptImageException {
    int expected = of(block, offset, number);
    int found = Bytes.getInt(block, offset);
    if (found != expected) {
      throw new CorruptImageException(
          String.format(
              "%s in block %d: checksum is %08x, contents give %08x",
              structure, number, found, expected));
    }
  }
}
