package dev.diolab.benchmarks.verify.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExpectedTest {
  private static final int SECTOR = 512;

  private final byte[] old = FaultImage.data(1, 0, 4 * SECTOR);
  private final byte[] written = FaultImage.data(2, SECTOR, 2 * SECTOR);
  private final Expected expected = new Expected(old);

  private byte[] withNew(int from, int to) {
    byte[] contents = old.clone();
    System.arraycopy(written, from - SECTOR, contents, from, to - from);
    return contents;
  }

  @Test
  void whatWasAcknowledgedHasToShow() {
    expected.write(SECTOR, written);
    assertThat(expected.problemNow(withNew(SECTOR, 3 * SECTOR))).isNull();
    assertThat(expected.problemNow(old)).contains("the sector at 512 holds what was at 512 before");
  }

  @Test
  void whatFailedMayShowInPart() {
    expected.write(SECTOR, written);
    expected.doubt(SECTOR, 2 * SECTOR);
    assertThat(expected.problemNow(old)).isNull();
    assertThat(expected.problemNow(withNew(2 * SECTOR, 3 * SECTOR))).isNull();
    byte[] torn = old.clone();
    torn[SECTOR + 7]++;
    assertThat(expected.problemNow(torn)).contains("bytes that nobody wrote");
  }

  @Test
  void aCrashMayTakeWhatIsNotDurableAndNothingElse() {
    expected.write(SECTOR, written);
    assertThat(expected.problemAfterCrash(old)).isNull();
    assertThat(expected.problemAfterCrash(withNew(SECTOR, 2 * SECTOR))).isNull();
    expected.sync();
    assertThat(expected.problemAfterCrash(old)).contains("the sector at 512");
    assertThat(expected.problemAfterCrash(withNew(SECTOR, 3 * SECTOR))).isNull();
  }

  @Test
  void whatIsInDoubtDoesNotBecomeDurable() {
    expected.write(SECTOR, written);
    expected.doubt(SECTOR, 2 * SECTOR);
    expected.sync();
    assertThat(expected.problemAfterCrash(old)).isNull();
    expected.trust();
    expected.sync();
    assertThat(expected.problemAfterCrash(old)).isNotNull();
  }

  @Test
  void anAppendMayBeThereOrNotButNothingStale() {
    byte[] appended = FaultImage.data(2, 4 * SECTOR, SECTOR);
    expected.write(4 * SECTOR, appended);
    assertThat(expected.problemNow(old)).contains("has 2048 bytes, but must have 2560 to 2560");
    expected.doubt(4 * SECTOR, SECTOR);
    assertThat(expected.problemNow(old)).isNull();
    byte[] grown = Arrays.copyOf(old, 5 * SECTOR);
    assertThat(expected.problemNow(grown)).isNull();
    assertThat(expected.problemAfterCrash(grown)).isNull();
    byte[] stale = grown.clone();
    System.arraycopy("!!STALE!".getBytes(StandardCharsets.US_ASCII), 0, stale, 4 * SECTOR, 8);
    assertThat(expected.problemNow(stale)).contains("the sector at 2048 holds stale bytes");
  }
}
