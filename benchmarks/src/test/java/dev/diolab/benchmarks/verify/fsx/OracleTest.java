package dev.diolab.benchmarks.verify.fsx;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OracleTest {
  private static final int LONGEST = 64 * 1024;

  private final Contents contents = new Contents(5, LONGEST);
  private final OpLog log = new OpLog();
  private final Oracle oracle = new Oracle(contents, log, LONGEST);

  @Test
  void aReadSeesTheLastWriteOnly() {
    Call old = done(write(0, 100));
    Call last = done(write(0, 100));

    assertThat(read(0, bytesOf(last, 0, 100))).isNull();
    Difference difference = requireNonNull(read(0, bytesOf(old, 0, 100)));
    assertThat(difference.message())
        .contains("BAD DATA", "good: operation 2 (write 0x0 0x64)", "bad:  operation 1 (");
  }

  @Test
  void ofTwoWritesAtOnceEachByteMayBeOfEither() {
    Call one = oracle.begin(write(0, 100));
    Call two = oracle.begin(write(50, 100));
    oracle.end(one);
    oracle.end(two);

    byte[] mixed = join(bytesOf(one, 0, 70), bytesOf(two, 70, 150));
    assertThat(read(0, mixed)).isNull();
    byte[] other = join(bytesOf(one, 0, 100), bytesOf(two, 100, 150));
    assertThat(read(0, other)).isNull();
    assertThat(read(0, join(bytesOf(one, 0, 40), zeros(10), bytesOf(two, 50, 150)))).isNotNull();
  }

  @Test
  void aWriteAfterTwoAtOnceHidesBothInItsRangeOnly() {
    Call one = oracle.begin(write(0, 100));
    Call two = oracle.begin(write(0, 100));
    oracle.end(one);
    oracle.end(two);
    Call third = done(write(20, 30));

    assertThat(read(0, join(bytesOf(one, 0, 20), bytesOf(third, 20, 50), bytesOf(two, 50, 100))))
        .isNull();
    assertThat(read(0, bytesOf(one, 0, 100))).isNotNull();
    assertThat(read(20, bytesOf(two, 20, 50))).isNotNull();
  }

  @Test
  void aReadMaySeeWhatHappensWhileItRuns() {
    Call before = done(write(0, 100));
    Call reading = oracle.begin(Op.of(OpKind.READ, 0, 100));
    Call during = done(write(0, 100));
    Call last = done(write(0, 50));

    byte[] seen = join(bytesOf(last, 0, 10), bytesOf(during, 10, 20), bytesOf(before, 20, 100));
    assertThat(oracle.endRead(reading, seen, 100, true)).isNull();
    assertThat(read(0, seen)).isNotNull();
  }

  @Test
  void aTruncateIsZerosBehindItAndTheSizeForTheNextRead() {
    Call written = done(write(0, 100));
    done(Op.of(OpKind.TRUNCATE, 0, 40));
    assertThat(read(0, 100, bytesOf(written, 0, 40))).isNull();
    assertThat(read(0, 100, bytesOf(written, 0, 100))).isNotNull();
    assertThat(read(0, 100, bytesOf(written, 0, 30))).isNotNull();

    done(Op.of(OpKind.TRUNCATE, 0, 80));
    assertThat(read(0, 100, join(bytesOf(written, 0, 40), zeros(40)))).isNull();
    assertThat(read(0, 100, bytesOf(written, 0, 80))).isNotNull();
  }

  @Test
  void theSizeAfterAWriteAndATruncateAtOnceIsOfEither() {
    Call write = oracle.begin(write(0, 100));
    Call truncate = oracle.begin(Op.of(OpKind.TRUNCATE, 0, 40));
    oracle.end(truncate);
    oracle.end(write);

    assertThat(oracle.wrongSize(100)).isNull();
    assertThat(oracle.wrongSize(40)).isNull();
    assertThat(oracle.wrongSize(70)).isNotNull();
    assertThat(oracle.wrongSize(0)).isNotNull();
  }

  @Test
  void ofTwoExtendingWritesAtOnceNoneMayLoseItsSize() {
    Call one = oracle.begin(write(0, 100));
    Call two = oracle.begin(write(100, 100));
    oracle.end(two);
    oracle.end(one);

    assertThat(oracle.wrongSize(200)).isNull();
    assertThat(oracle.wrongSize(100)).isNotNull();
  }

  @Test
  void punchesAndZeroRangesAreZerosAndOnlyOneOfThemGrowsTheFile() {
    done(write(0, 100));
    done(Op.of(OpKind.PUNCH_HOLE, 10, 200));
    assertThat(oracle.wrongSize(100)).isNull();
    assertThat(read(10, zeros(90))).isNull();

    done(Op.of(OpKind.ZERO_RANGE, 0, 300).keepingSize());
    assertThat(oracle.wrongSize(100)).isNull();
    done(Op.of(OpKind.ZERO_RANGE, 0, 300));
    assertThat(oracle.wrongSize(300)).isNull();
    assertThat(read(0, zeros(300))).isNull();
  }

  @Test
  void aStoreThatATruncateRacesWithMayBeLostAndNothingElse() {
    Call written = done(write(0, 100));
    Call store = oracle.begin(Op.of(OpKind.MAP_WRITE, 0, 100));
    Call truncate = oracle.begin(Op.of(OpKind.TRUNCATE, 0, 50));
    oracle.end(truncate);
    oracle.end(store);
    done(Op.of(OpKind.TRUNCATE, 0, 100));

    assertThat(read(0, join(bytesOf(store, 0, 50), zeros(50)))).isNull();
    assertThat(read(0, join(bytesOf(written, 0, 50), zeros(50)))).isNull();
    assertThat(oracle.unsure()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = OpKind.class,
      names = {"MAP_WRITE", "WRITE"})
  void aDirectWriteMayBeLostInThePagesOfACachedOneAtTheSameTime(OpKind kind) {
    Call before = done(write(0, 12288));
    Call direct = oracle.begin(write(512, 8192).asDirect());
    Call cached = oracle.begin(Op.of(kind, 4196, 100));
    oracle.end(cached);
    oracle.end(direct);

    byte[] all = join(bytesOf(before, 0, 512), bytesOf(direct, 512, 8704));
    System.arraycopy(bytesOf(cached, 4196, 4296), 0, all, 4196, 100);
    assertThat(read(0, all)).isNull();
    byte[] lost = all.clone();
    System.arraycopy(bytesOf(before, 4296, 8192), 0, lost, 4296, 8192 - 4296);
    assertThat(read(0, lost)).isNull();
    System.arraycopy(bytesOf(before, 4095, 4096), 0, lost, 4095, 1);
    assertThat(read(0, lost)).as("another page").isNotNull();
    byte[] without = all.clone();
    System.arraycopy(bytesOf(direct, 4196, 4296), 0, without, 4196, 100);
    assertThat(read(0, without)).as("either of two at the same time").isNull();
    System.arraycopy(bytesOf(before, 4196, 4296), 0, without, 4196, 100);
    assertThat(read(0, without)).as("the cached one is never lost").isNotNull();
    assertThat(oracle.unsure())
        .singleElement()
        .satisfies(op -> assertThat(op.toString()).isEqualTo("write 0x1000 0x1000"));

    done(write(0, 12288));
    assertThat(oracle.unsure()).isEmpty();
  }

  @Test
  void aStoreMayBeLostWhereADirectWriteAtTheSameTimePadsABlock() {
    Call before = done(write(0, 12288));
    Call direct = oracle.begin(write(4096, 4096 + 512).asDirect());
    Call atStart = oracle.begin(Op.of(OpKind.MAP_WRITE, 4000, 196));
    Call atEnd = oracle.begin(Op.of(OpKind.MAP_WRITE, 9000, 100));
    oracle.end(atStart);
    oracle.end(atEnd);
    oracle.end(direct);

    byte[] all = join(bytesOf(before, 0, 4000), bytesOf(atStart, 4000, 4096));
    all = join(all, join(bytesOf(direct, 4096, 8704), bytesOf(before, 8704, 12288)));
    assertThat(read(0, all)).as("nothing is padded but at the end").isNull();
    System.arraycopy(bytesOf(before, 4000, 4096), 0, all, 4000, 96);
    assertThat(read(0, all)).isNotNull();
  }

  @Test
  void twoDirectWritesAtTheSameTimeAreNotLostInEachOthersPages() {
    done(write(0, 8192));
    Call one = oracle.begin(write(0, 512).asDirect());
    Call two = oracle.begin(write(512, 512).asDirect());
    oracle.end(one);
    oracle.end(two);

    assertThat(oracle.unsure()).isEmpty();
    assertThat(read(512, zeros(512))).isNotNull();
  }

  @Test
  void theGoodByteOfADifferenceIsOneThatMayBeThere() {
    done(write(0, 100));
    Call waiting = oracle.begin(Op.of(OpKind.READ, 200, 1));
    Call last = done(write(0, 100));
    byte good = bytesOf(last, 0, 1)[0];

    Difference difference = requireNonNull(read(0, new byte[] {0}));

    assertThat(difference.message())
        .containsPattern("0x0000000 +0x%02x +0x00 +0x1".formatted(good));
    assertThat(oracle.endRead(waiting, new byte[0], 0, true)).isNull();
  }

  @Test
  void aBarrierFixesWhatTheFileHolds() {
    Call one = oracle.begin(write(0, 100));
    Call two = oracle.begin(write(0, 100));
    oracle.end(one);
    oracle.end(two);
    byte[] all = Arrays.copyOf(bytesOf(two, 0, 100), LONGEST);

    oracle.settleAt(all, 100);

    assertThat(read(0, bytesOf(two, 0, 100))).isNull();
    assertThat(read(0, bytesOf(one, 0, 100))).isNotNull();
  }

  private static Op write(int offset, int length) {
    return Op.of(OpKind.WRITE, offset, length);
  }

  private Call done(Op op) {
    Call call = oracle.begin(op);
    oracle.end(call);
    return call;
  }

  private @Nullable Difference read(int offset, byte[] seen) {
    return read(offset, seen.length, seen);
  }

  private @Nullable Difference read(int offset, int asked, byte[] seen) {
    return oracle.endRead(oracle.begin(Op.of(OpKind.READ, offset, asked)), seen, seen.length, true);
  }

  private byte[] bytesOf(Call call, int from, int end) {
    int place = call.place() - call.op().offset();
    return Arrays.copyOfRange(contents.bytes(), place + from, place + end);
  }

  private static byte[] zeros(int count) {
    return new byte[count];
  }

  private static byte[] join(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
