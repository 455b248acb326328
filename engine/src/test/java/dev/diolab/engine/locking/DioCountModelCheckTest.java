package dev.diolab.engine.locking;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The guarantees of {@link DioCount} under many interleavings; Lincheck wants this class public.
 */
public class DioCountModelCheckTest {

  /** A small program whose outcome is wrong, or which hangs, when a guarantee is broken. */
  enum Program {
    TRUNCATE_BESIDE_REQUESTS,
    TWO_DRAINS;

    void run(InFlight count) {
      switch (this) {
        case TRUNCATE_BESIDE_REQUESTS -> truncateBesideRequests(count);
        case TWO_DRAINS -> twoDrains(count);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyInterleavingEndsWell(Program program) {
    Interleavings.check(() -> program.run(InFlight.of(new DioCount())));
  }

  @ParameterizedTest
  @CsvSource({
    "LOOKS_THEN_SLEEPS, TWO_DRAINS",
    "END_WAKES_NOBODY, TWO_DRAINS",
    "DRAIN_LOOKS_ONCE, TWO_DRAINS",
    "LOSES_UPDATES, TRUNCATE_BESIDE_REQUESTS"
  })
  void programsFindTheFaultsOfOtherCounts(FaultyInFlight.Fault fault, Program program) {
    assertThatThrownBy(() -> Interleavings.check(() -> program.run(new FaultyInFlight(fault))))
        .isInstanceOf(LincheckAssertionError.class);
  }

  @Test
  void programsPassOnACountWithoutFault() {
    Interleavings.check(
        () -> Program.TWO_DRAINS.run(new FaultyInFlight(FaultyInFlight.Fault.NONE)));
  }

  /** Requests begin beside a truncate, which moves i_size, drains, and then frees the blocks. */
  private static void truncateBesideRequests(InFlight count) {
    Blocks blocks = new Blocks();
    Interleavings.share(count, blocks);
    Runnable request =
        () -> {
          count.begin();
          if (!blocks.beyondSize) {
            blocks.use();
          }
          count.end();
        };
    Interleavings.together(
        () -> {
          blocks.beyondSize = true;
          count.drain();
          blocks.freed = true;
        },
        request,
        request);
  }

  private static void twoDrains(InFlight count) {
    Blocks blocks = new Blocks();
    Interleavings.share(count, blocks);
    Runnable endOfRequest =
        () -> {
          blocks.use();
          count.end();
        };
    Runnable truncate =
        () -> {
          count.drain();
          blocks.freed = true;
        };
    count.begin();
    count.begin();
    Interleavings.together(truncate, truncate, endOfRequest, endOfRequest);
  }

  /** Blocks of a file; using them after they were freed overwrites somebody else's. */
  private static final class Blocks {
    volatile boolean beyondSize;
    volatile boolean freed;

    void use() {
      if (freed) {
        throw new AssertionError("a request used freed blocks");
      }
    }
  }
}
