package dev.diolab.engine.format;

/**
 * The checksum rule of one kind of metadata block.
 *
 * <p>In memory the checksum fields of a block are stale; {@link #seal} fills them in a copy just
 * before the copy goes to the log or to its home, {@link #verify} checks them when a block comes
 * from the device.
 *
 * <p>Thread safety: implementations are stateless.
 */
public interface BlockSeal {

  /** Fills the checksum fields of {@code block}, the whole image of block number {@code number}. */
  void seal(byte[] block, long number);

  /**
   * Checks magic numbers and checksums of {@code block}, read from block number {@code number}.
   *
   * @throws CorruptImageException naming the block, the field, the expected and the found value
   */
  void verify(byte[] block, long number) throws CorruptImageException;
}
