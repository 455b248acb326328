package dev.diolab.strategies;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import dev.diolab.engine.locking.Mutex;
import dev.diolab.engine.locking.PageCacheView;
import dev.diolab.engine.locking.Placeholders;
import dev.diolab.engine.locking.Rules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * {@code placeholder}: Chris Mason's placeholder pages of 2007 (facts A2, seeds/003).
 *
 * <ul>
 *   <li>Every direct read and write claims its pages before it maps them, ascending, and holds the
 *       claim until end_io is over. The claims stand in the table of the page locks: they wait for
 *       locks of cached pages, and who fills, dirties or writes out a page waits for them.
 *   <li>If a claimed page turns out dirty, the claim is dropped, the pages are written out, and it
 *       starts again.
 *   <li>A request claims all its pages at once; at most {@value #DIO_PAGES} at a time if the file
 *       has cached pages or is mapped when the request starts. It maps no further than it claimed.
 *   <li>A read takes no i_mutex.
 *   <li>A write inside i_size takes i_mutex for its checks, lets go of it for the I/O, and takes it
 *       once more at the end.
 *   <li>An extending write holds i_mutex throughout.
 *   <li>truncate moves i_size under i_mutex and then waits for the claims of the range that goes
 *       away. A punch waits for the locks of all its pages, which is the engine's doing.
 * </ul>
 *
 * <p>Nobody who holds a claim waits for i_mutex.
 *
 * <p>Two things are other than in the patches:
 *
 * <ol>
 *   <li>A write drops i_mutex when its first claim stands, not before: otherwise a truncate in
 *       between frees what it is about to map. Later claims come without the mutex; the path looks
 *       at i_size again after each.
 *   <li>The user buffer is pinned as a whole before the first lock ({@link
 *       PlaceholderRule#PIN_FIRST}). The cap lets get_user_pages pin a batch before its claim, but
 *       a later batch can still fault a page that an earlier step has claimed, or one that another
 *       request has claimed while it faults ours. The cap also cannot see a mapping that is made
 *       after the request has started (Zach Brown in seeds/003).
 * </ol>
 *
 * <p>Each rule of {@link PlaceholderRule} can be left out. Claims without i_mutex's drop cost only
 * parallel writes; a drop without claims would leave nothing that protects a write, and is refused.
 */
public final class PlaceholderStrategy implements DioStrategy {
  /** Pages that get_user_pages pins at a time, and most pages of a capped claim. */
  static final int DIO_PAGES = 64;

  private final String name;
  private final String origin;
  private final String summary;
  private final Set<PlaceholderRule> rules;

  /** The whole scheme. */
  PlaceholderStrategy() {
    this(
        "placeholder",
        "Chris Mason, 2007, placeholder pages for direct I/O",
        "exclusive placeholders over the pages of each request; i_mutex dropped inside i_size",
        EnumSet.allOf(PlaceholderRule.class));
  }

  /**
   * The scheme with some of its rules.
   *
   * @throws IllegalArgumentException when i_mutex is to be dropped and nothing is claimed
   */
  public PlaceholderStrategy(
      String name, String origin, String summary, Set<PlaceholderRule> rules) {
    this.name = name;
    this.origin = origin;
    this.summary = summary;
    this.rules = Set.copyOf(rules);
    if (has(PlaceholderRule.DROP_I_MUTEX) && !has(PlaceholderRule.PLACEHOLDERS)) {
      throw new IllegalArgumentException(
          "strategy " + name + ": DROP_I_MUTEX without PLACEHOLDERS leaves writes unprotected");
    }
  }

  private boolean has(PlaceholderRule rule) {
    return rules.contains(rule);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public Rules rules() {
    Rules path = Rules.plain();
    if (has(PlaceholderRule.PLACEHOLDERS)) {
      path = path.invalidatingAfterRelease();
    }
    if (has(PlaceholderRule.PLACEHOLDERS) && has(PlaceholderRule.TRIM_MAPPING)) {
      path = path.claimingPages();
    }
    if (has(PlaceholderRule.PIN_FIRST)) {
      path = path.pinningFirst();
    }
    return has(PlaceholderRule.CREATE) ? path : path.notAllocating();
  }

  /**
   * Without placeholders a read maps blocks that a truncate then frees (G1), and reads run beside
   * writes (G7). Without DIO_CREATE a write into a hole is half direct and half buffered, and the
   * claims of its first half are over when the second begins (G7).
   */
  @Override
  public Set<Guarantee> guarantees() {
    Set<Guarantee> kept =
        EnumSet.of(
            Guarantee.G1, Guarantee.G2, Guarantee.G3, Guarantee.G4, Guarantee.G6, Guarantee.G8);
    if (!has(PlaceholderRule.PLACEHOLDERS)) {
      kept.remove(Guarantee.G1);
    } else if (has(PlaceholderRule.CREATE)) {
      kept.add(Guarantee.G7);
    }
    return kept;
  }

  @Override
  public String defaultPolicy() {
    return "end-io";
  }

  @Override
  public InodeLocking attach(InodeView inode) {
    return new Locking(inode);
  }

  private final class Locking implements InodeLocking {
    private final boolean claims = has(PlaceholderRule.PLACEHOLDERS);
    private final boolean capsSpan = has(PlaceholderRule.CAP_SPAN);
    private final boolean trimsMapping = has(PlaceholderRule.TRIM_MAPPING);
    private final boolean dropsMutex = has(PlaceholderRule.DROP_I_MUTEX);

    /**
     * Keeps two writers from moving i_size at once, and i_size still while a write decides whether
     * it extends.
     */
    private final Mutex iMutex = new Mutex();

    private final PageCacheView pages;
    private final Grant mutexHeld = iMutex::unlock;
    private final Grant truncate = new TruncateGrant();

    Locking(InodeView inode) {
      pages = inode.pages();
    }

    @Override
    public Grant directRead(DirectIo io) {
      PageGrant grant = grantOf(io);
      grant.begin(Mutexed.NO);
      return grant;
    }

    @Override
    public Grant directWrite(DirectIo io) {
      PageGrant grant = grantOf(io);
      iMutex.lock();
      grant.begin(mutexed(io));
      return grant;
    }

    @Override
    public Grant truncate(long newSize) {
      iMutex.lock();
      return truncate;
    }

    @Override
    public Grant fallocate(long offset, long bytes) {
      iMutex.lock();
      return mutexHeld;
    }

    @Override
    public Grant bufferedWrite(long offset, long bytes) {
      iMutex.lock();
      return mutexHeld;
    }

    @Override
    public Grant punch(long offset, long bytes) {
      iMutex.lock();
      return mutexHeld;
    }

    @Override
    public Grant fsync() {
      iMutex.lock();
      return mutexHeld;
    }

    private Mutexed mutexed(DirectIo io) {
      if (io.isExtending()) {
        return Mutexed.TO_THE_END;
      }
      if (io.isAsync()) {
        return dropsMutex ? Mutexed.ONLY_UNTIL_CLAIMED : Mutexed.UNTIL_SUBMITTED;
      }
      return dropsMutex ? Mutexed.UNTIL_CLAIMED : Mutexed.TO_THE_END;
    }

    private PageGrant grantOf(DirectIo io) {
      if (io.kept() instanceof PageGrant kept && kept.isOf(this)) {
        return kept;
      }
      PageGrant grant = new PageGrant();
      io.keep(grant);
      return grant;
    }

    /** What a request has to do with i_mutex. */
    private enum Mutexed {
      /** A read. */
      NO,
      /** Held until the first claim stands. */
      UNTIL_CLAIMED,
      /** The same, and not taken again: the request is asynchronous. */
      ONLY_UNTIL_CLAIMED,
      /** Held until an asynchronous request is queued. */
      UNTIL_SUBMITTED,
      /** Was let go and is to be taken once more. */
      DROPPED,
      /** Held until the request is over. */
      TO_THE_END
    }

    private final class PageGrant implements Grant {
      /** One claim for each step; the first {@link #steps} hold pages. Kept and used again. */
      private final List<Placeholders.Claim> claimOfStep = new ArrayList<>();

      private int steps;

      /** First byte of the file behind the pages of the last step. */
      private long claimedTo;

      private boolean capped;
      private Mutexed mutexed = Mutexed.NO;

      boolean isOf(Locking locking) {
        return Locking.this == locking;
      }

      /** Decides here, as the patches do, whether the span is capped; see the class on the race. */
      void begin(Mutexed how) {
        mutexed = how;
        capped = capsSpan && (pages.hasPages() || pages.isMapped());
        claimedTo = 0;
      }

      @Override
      public long beforeMap(long offset, long rest) throws IOException {
        long allowed = claims ? claimNext(offset, rest) : rest;
        if (mutexed == Mutexed.UNTIL_CLAIMED) {
          iMutex.unlock();
          mutexed = Mutexed.DROPPED;
        } else if (mutexed == Mutexed.ONLY_UNTIL_CLAIMED) {
          iMutex.unlock();
          mutexed = Mutexed.NO;
        }
        return allowed;
      }

      @Override
      public void submitted() {
        if (mutexed == Mutexed.UNTIL_SUBMITTED) {
          iMutex.unlock();
          mutexed = Mutexed.NO;
        }
      }

      private long claimNext(long offset, long rest) throws IOException {
        if (offset >= claimedTo) {
          long last = offset + rest - 1;
          long firstPage = offset / Placeholders.PAGE_SIZE;
          long lastPage = last / Placeholders.PAGE_SIZE;
          long behind = 1 + (capped ? Math.min(lastPage, firstPage + DIO_PAGES - 1) : lastPage);
          claimedTo = behind * Placeholders.PAGE_SIZE;
          claimClean(nextClaim(), offset, claimedTo - offset);
        }
        return trimsMapping ? Math.min(rest, claimedTo - offset) : rest;
      }

      private Placeholders.Claim nextClaim() {
        if (steps == claimOfStep.size()) {
          claimOfStep.add(new Placeholders.Claim());
        }
        return claimOfStep.get(steps++);
      }

      /**
       * Claims pages none of which is dirty. Nobody can make them dirty then, and no page of the
       * range comes into an empty cache.
       */
      private void claimClean(Placeholders.Claim claim, long offset, long bytes)
          throws IOException {
        pages.placeholders().acquire(claim, offset, bytes);
        while (pages.hasPages() && pages.isDirty(offset, bytes)) {
          pages.placeholders().release(claim);
          pages.writeAndWait(offset, bytes);
          pages.placeholders().acquire(claim, offset, bytes);
        }
      }

      @Override
      public void close() {
        while (steps > 0) {
          pages.placeholders().release(claimOfStep.get(--steps));
        }
        switch (mutexed) {
          case NO -> {}
          case DROPPED -> {
            iMutex.lock();
            iMutex.unlock();
          }
          case UNTIL_CLAIMED, ONLY_UNTIL_CLAIMED, UNTIL_SUBMITTED, TO_THE_END -> iMutex.unlock();
        }
      }
    }

    private final class TruncateGrant implements Grant {
      @Override
      public long beforeMap(long offset, long rest) {
        pages.placeholders().drainFrom(offset);
        return rest;
      }

      @Override
      public void close() {
        iMutex.unlock();
      }
    }
  }
}
