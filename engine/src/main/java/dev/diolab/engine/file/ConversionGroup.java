package dev.diolab.engine.file;

import dev.diolab.engine.locking.Sleeping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Conversions of a volume that come together: while one thread converts, others queue, and one of
 * them then converts for all that wait. Nobody waits for company here; that is {@link CommitGroup}.
 *
 * <p>The ranges of one inode are sorted, coalesced and converted in as few handles as their credits
 * allow; each inode has handles of its own, because no handle is held over two i_data_sem.
 *
 * <p>Assumptions: the caller holds no i_data_sem and no handle.
 *
 * <p>Guarantees: each write is converted before its call returns, or the call throws what was wrong
 * with this one: when a batch fails, its writes are converted again one by one, which is harmless.
 */
final class ConversionGroup {
  private static final Comparator<EndIo> BY_PLACE =
      Comparator.<EndIo>comparingInt(each -> each.request().inode().number())
          .thenComparingLong(each -> each.request().offset());

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Writes that nobody converts yet. [lock] */
  private List<EndIo> waiting = new ArrayList<>();

  /** What {@link #leading} says somebody converts. [the leader] */
  private List<EndIo> batch = new ArrayList<>();

  /** Whether some thread converts {@link #batch}. [lock] */
  private boolean leading;

  /** Scratch. [the leader] */
  private final ByteRanges ranges = new ByteRanges();

  private final PhaseClock unused = new PhaseClock();

  /** Converts the blocks of {@code mine}. */
  void convert(EndIo mine) throws IOException {
    lock.lock();
    try {
      mine.isOver = false;
      mine.failure = null;
      waiting.add(mine);
      awaitTurn(mine);
      if (!mine.isOver) {
        lead();
      }
    } finally {
      lock.unlock();
    }
    mine.request().clock.lap(Phase.CONVERSION);
    IOException failure = mine.failure;
    if (failure instanceof BrokenException broken) {
      throw broken.told();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void awaitTurn(EndIo mine) {
    if (!leading) {
      return;
    }
    Sleeping.begin();
    while (leading && !mine.isOver) {
      changed.awaitUninterruptibly();
    }
    Sleeping.end();
  }

  /** [lock], released meanwhile. */
  private void lead() {
    List<EndIo> mine = waiting;
    waiting = batch;
    batch = mine;
    leading = true;
    lock.unlock();
    try {
      convertAll(mine);
    } finally {
      lock.lock();
      for (EndIo each : mine) {
        each.isOver = true;
      }
      mine.clear();
      leading = false;
      changed.signalAll();
    }
  }

  private void convertAll(List<EndIo> all) {
    all.sort(BY_PLACE);
    int first = 0;
    while (first < all.size()) {
      Inode inode = all.get(first).request().inode();
      int end = first + 1;
      while (end < all.size() && all.get(end).request().inode().number() == inode.number()) {
        end++;
      }
      convertOfOne(inode, all.subList(first, end));
      first = end;
    }
  }

  private void convertOfOne(Inode inode, List<EndIo> writes) {
    if (convertTogether(inode, writes) != null) {
      for (EndIo each : writes) {
        each.failure = convertTogether(inode, List.of(each));
      }
    }
  }

  /** Why it failed, or null. */
  private @Nullable IOException convertTogether(Inode inode, List<EndIo> writes) {
    ranges.clear();
    for (EndIo each : writes) {
      ranges.add(each.request().offset(), each.request().end());
    }
    ranges.coalesce();
    try {
      long tid = inode.blocks().conversion().convert(ranges, unused);
      for (EndIo each : writes) {
        each.convertedIn(tid);
      }
      return null;
    } catch (IOException e) {
      return e;
    } catch (RuntimeException | Error e) {
      return BrokenException.of("a conversion of inode " + inode.number(), e);
    }
  }
}
