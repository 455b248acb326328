package dev.diolab.engine.cache;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.locking.Interleavings;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The guarantees of {@link PageCache} under many interleavings; Lincheck wants this class public.
 */
public class PageProtocolModelCheckTest {

  /** A small program whose outcome is wrong, or which hangs, when a guarantee is broken. */
  enum Program {
    FILL_BESIDE_DIRECT_WRITE,
    WRITE_BESIDE_WRITE_OUT,
    INVALIDATION_BESIDE_WRITE,
    TWO_FILLS;

    void run(PageProtocol file) {
      Interleavings.share(file);
      switch (this) {
        case FILL_BESIDE_DIRECT_WRITE -> fillBesideDirectWrite(file);
        case WRITE_BESIDE_WRITE_OUT -> writeBesideWriteOut(file);
        case INVALIDATION_BESIDE_WRITE -> invalidationBesideWrite(file);
        case TWO_FILLS -> twoFills(file);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyInterleavingEndsWellWhenDirectWritesClaim(Program program) {
    Interleavings.checkLong(() -> program.run(new RealPageProtocol(true)));
  }

  @Test
  void everyInterleavingEndsWellWhenADirectWriteOnlyInvalidates() {
    Interleavings.checkLong(
        () -> Program.FILL_BESIDE_DIRECT_WRITE.run(new RealPageProtocol(false)));
  }

  @ParameterizedTest
  @CsvSource({
    "FILLS_OUTSIDE_THE_TABLE, FILL_BESIDE_DIRECT_WRITE",
    "DROPS_DIRTY_PAGES, INVALIDATION_BESIDE_WRITE",
    "CLEANS_AFTER_WRITE_OUT, WRITE_BESIDE_WRITE_OUT",
    "FILL_WAKES_NOBODY, TWO_FILLS"
  })
  void programsFindTheFaultsOfOtherCaches(FaultyPageProtocol.Fault fault, Program program) {
    assertThatThrownBy(() -> Interleavings.check(() -> program.run(new FaultyPageProtocol(fault))))
        .isInstanceOf(LincheckAssertionError.class);
  }

  @Test
  void programsPassOnACacheWithoutFault() {
    Interleavings.check(
        () ->
            Program.FILL_BESIDE_DIRECT_WRITE.run(
                new FaultyPageProtocol(FaultyPageProtocol.Fault.NONE)));
  }

  /** What a direct write replaced is not served afterwards. */
  private static void fillBesideDirectWrite(PageProtocol file) {
    Interleavings.together(() -> file.read(0), () -> file.directWrite(0, 5));
    expect(5, file.read(0));
    expect(5, file.onDevice(0));
  }

  /** What was written is readable, and on the device after the next write-out. */
  private static void writeBesideWriteOut(PageProtocol file) {
    file.write(0, 1);
    Interleavings.together(() -> file.write(0, 2), file::writeOut);
    expect(2, file.read(0));
    file.writeOut();
    expect(2, file.onDevice(0));
    expect(2, file.read(0));
  }

  /** A write survives invalidations of its page, and a direct write of its neighbour. */
  private static void invalidationBesideWrite(PageProtocol file) {
    Interleavings.together(
        () -> {
          file.write(0, 7);
          expect(7, file.read(0));
        },
        () -> {
          file.invalidate(0);
          file.directWrite(1, 3);
        });
    file.writeOut();
    expect(7, file.onDevice(0));
    expect(3, file.read(1));
  }

  /** Readers of the same page, of which one fills it, all see it. */
  private static void twoFills(PageProtocol file) {
    Runnable reader = () -> expect(0, file.read(0));
    Interleavings.together(reader, reader, () -> file.writeOut());
    expect(0, file.read(0));
  }

  private static void expect(int expected, int value) {
    if (value != expected) {
      throw new AssertionError("found " + value + ", not " + expected);
    }
  }
}
