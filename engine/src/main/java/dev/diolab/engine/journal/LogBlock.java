package dev.diolab.engine.journal;

import dev.diolab.engine.format.CommitBlock;
import dev.diolab.engine.format.DescriptorBlock;
import dev.diolab.engine.format.JournalHeader;
import dev.diolab.engine.format.RevokeBlock;

/**
 * What a block of the log is to a scan that expects transaction T and has seen n blocks of it.
 *
 * <p>The scan goes from block to block inside T; once T turns out not to be whole, the log ends
 * where T began, and every block from there to the end of the ring is looked at once more: it may
 * prove that T was committed. This is all that recovery decides:
 *
 * <table>
 *   <caption>Cases of the scan</caption>
 *   <tr><th>block</th><th>kind</th><th>inside T</th><th>behind the end</th></tr>
 *   <tr>
 *     <td>descriptor of T, and all its copies are in the ring with the right checksum</td>
 *     <td>{@link #DESCRIPTOR}</td>
 *     <td>collect the copies, go on behind them</td><td>nothing: T is torn</td>
 *   </tr>
 *   <tr>
 *     <td>descriptor of T with another copy under it</td>
 *     <td>{@link #DESCRIPTOR}</td>
 *     <td>the log ends before T</td><td>nothing: T is torn</td>
 *   </tr>
 *   <tr>
 *     <td>revoke block of T</td>
 *     <td>{@link #REVOKE}</td>
 *     <td>take the revokes, go on</td><td>nothing: T is torn</td>
 *   </tr>
 *   <tr>
 *     <td>commit record of T over n blocks</td>
 *     <td>{@link #COMMIT}</td>
 *     <td>T is whole; T + 1 is expected next</td><td>T is damaged: the image is refused</td>
 *   </tr>
 *   <tr>
 *     <td>commit record of T over another number of blocks</td>
 *     <td>{@link #MISPLACED_COMMIT}</td>
 *     <td>the log ends before T</td><td>T is damaged: the image is refused</td>
 *   </tr>
 *   <tr>
 *     <td>block of a transaction after T</td>
 *     <td>{@link #LATER}</td>
 *     <td>the log ends before T</td><td>T is damaged: the image is refused</td>
 *   </tr>
 *   <tr>
 *     <td>anything else: of an older round of the ring, torn, zero, poison, a copy</td>
 *     <td>{@link #OTHER}</td>
 *     <td>the log ends before T</td><td>nothing</td>
 *   </tr>
 * </table>
 *
 * <p>The last column is about what a crash cannot leave behind: a commit record is issued only
 * after all blocks of its transaction are durable, and a block of a later transaction only after
 * the commit record is. So T was committed, and fsync may have promised it: to end the log before
 * it would lose that without a word.
 *
 * <p>No block passes for what it is not: the checksum of a journal block covers its type and tid,
 * tids never return, and a copy that begins as a journal block does is escaped.
 */
enum LogBlock {
  /** A sealed descriptor of the expected transaction; its copies are not looked at. */
  DESCRIPTOR,
  /** A sealed revoke block of the expected transaction. */
  REVOKE,
  /** The sealed commit record of the expected transaction over the blocks seen of it. */
  COMMIT,
  /** A sealed commit record of the expected transaction over another number of blocks. */
  MISPLACED_COMMIT,
  /** A sealed block of a later transaction. */
  LATER,
  /** None of these. */
  OTHER;

  /** Classifies {@code block}, read where transaction {@code tid} has {@code blocksBefore}. */
  static LogBlock of(byte[] block, long tid, long blocksBefore) {
    boolean mayMatter = JournalHeader.hasMagic(block) && JournalHeader.tid(block) >= tid;
    if (!mayMatter || !JournalHeader.isSealed(block)) {
      return OTHER;
    } else if (JournalHeader.tid(block) > tid) {
      return LATER;
    } else if (DescriptorBlock.isValid(block, tid)) {
      return DESCRIPTOR;
    } else if (RevokeBlock.isValid(block, tid)) {
      return REVOKE;
    } else if (JournalHeader.type(block) == JournalHeader.COMMIT) {
      return CommitBlock.isValid(block, tid, blocksBefore) ? COMMIT : MISPLACED_COMMIT;
    }
    return OTHER;
  }

  /** Whether this block, behind the end of the log, proves that transaction T was committed. */
  boolean provesCommit() {
    return switch (this) {
      case COMMIT, MISPLACED_COMMIT, LATER -> true;
      case DESCRIPTOR, REVOKE, OTHER -> false;
    };
  }
}
