package dev.diolab.engine.locking;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The guarantees of {@link Placeholders} under many interleavings; Lincheck wants this class
 * public.
 */
public class PlaceholdersModelCheckTest {

  /** A small program whose outcome is wrong, or which hangs, when a guarantee is broken. */
  enum Program {
    OVERLAPPING_REQUESTS,
    REQUESTS_IN_PIECES,
    TRUNCATE_BESIDE_REQUESTS;

    <C> void run(PageClaims<C> claims) {
      switch (this) {
        case OVERLAPPING_REQUESTS -> overlappingRequests(claims);
        case REQUESTS_IN_PIECES -> requestsInPieces(claims);
        case TRUNCATE_BESIDE_REQUESTS -> truncateBesideRequests(claims);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyInterleavingEndsWell(Program program) {
    Interleavings.check(() -> program.run(PageClaims.of(new Placeholders())));
  }

  @ParameterizedTest
  @CsvSource({
    "OVERLOOKS_LATER_PAGES, OVERLAPPING_REQUESTS",
    "TAKES_GAPS_IN_ANY_ORDER, OVERLAPPING_REQUESTS",
    "RELEASE_WAKES_NOBODY, REQUESTS_IN_PIECES",
    "LOOKS_THEN_SLEEPS, TRUNCATE_BESIDE_REQUESTS",
    "TRUNCATE_OVERLOOKS_LATER_PAGES, TRUNCATE_BESIDE_REQUESTS"
  })
  void programsFindTheFaultsOfOtherClaims(FaultyPageClaims.Fault fault, Program program) {
    assertThatThrownBy(() -> Interleavings.check(() -> program.run(new FaultyPageClaims(fault))))
        .isInstanceOf(LincheckAssertionError.class);
  }

  @Test
  void programsPassOnClaimsWithoutFault() {
    Interleavings.check(
        () -> Program.OVERLAPPING_REQUESTS.run(new FaultyPageClaims(FaultyPageClaims.Fault.NONE)));
  }

  /** Two ranges that overlap at their ends, both across a page that is let go of meanwhile. */
  private static <C> void overlappingRequests(PageClaims<C> claims) {
    Pages pages = new Pages();
    C between = claims.newClaim();
    Interleavings.share(claims, pages, between);
    claims.acquire(between, 1, 1);
    Interleavings.together(
        () -> claims.release(between),
        () -> request(claims, pages, 0, 3),
        () -> request(claims, pages, 1, 3));
  }

  private static <C> void request(PageClaims<C> claims, Pages pages, int first, int count) {
    C claim = claims.newClaim();
    claims.acquire(claim, first, count);
    pages.use(first, count);
    claims.release(claim);
  }

  /** Two requests that claim their range in two pieces, ascending. */
  private static <C> void requestsInPieces(PageClaims<C> claims) {
    Pages pages = new Pages();
    Interleavings.share(claims, pages);
    Runnable request =
        () -> {
          C claim = claims.newClaim();
          claims.acquire(claim, 0, 1);
          pages.use(0, 1);
          claims.acquire(claim, 1, 2);
          pages.use(0, 3);
          claims.release(claim);
        };
    Interleavings.together(request, request);
  }

  /** Truncate to two pages beside requests before and behind the new end. */
  private static <C> void truncateBesideRequests(PageClaims<C> claims) {
    Pages pages = new Pages();
    C before = claims.newClaim();
    Interleavings.share(claims, pages, before);
    claims.acquire(before, 0, 2);
    Interleavings.together(
        () -> {
          pages.end = 2;
          claims.drainFrom(2);
          pages.freed = true;
        },
        () -> request(claims, pages, 3, 1));
    claims.release(before);
  }

  /** Pages of a file that one request may use at a time, and none after they were freed. */
  private static final class Pages {
    private final int[] users = new int[4];
    volatile int end = users.length;
    volatile boolean freed;

    void use(int first, int count) {
      if (first >= end) {
        return;
      }
      add(first, count, 1);
      for (int page = first; page < first + count; page++) {
        if (users[page] != 1) {
          throw new AssertionError("page " + page + " has " + users[page] + " users");
        }
      }
      if (freed) {
        throw new AssertionError("a request used freed pages");
      }
      add(first, count, -1);
    }

    private void add(int first, int count, int delta) {
      for (int page = first; page < first + count; page++) {
        users[page] += delta;
      }
    }
  }
}
