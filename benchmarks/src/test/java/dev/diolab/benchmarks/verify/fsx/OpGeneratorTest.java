package dev.diolab.benchmarks.verify.fsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpGeneratorTest {
  private static final int LONGEST_FILE = 500_000;
  private static final int LONGEST_OP = 8192;

  @Test
  void directOperationsAreWholeSectorsAtTheBoundaries() {
    List<Op> ops = generate(settings(4096, 512, 512, Access.DIRECT, 1));

    assertThat(ops)
        .filteredOn(op -> op.kind() == OpKind.READ)
        .isNotEmpty()
        .allMatch(op -> op.direct() && op.offset() % 4096 == 0 && op.length() % 4096 == 0);
    assertThat(ops)
        .filteredOn(op -> op.kind() == OpKind.WRITE)
        .isNotEmpty()
        .allMatch(op -> op.direct() && op.offset() % 512 == 0 && op.length() % 512 == 0);
    assertThat(ops)
        .filteredOn(op -> op.kind() == OpKind.TRUNCATE)
        .isNotEmpty()
        .allMatch(op -> op.length() % 512 == 0);
    assertThat(ops).noneMatch(op -> op.kind().isMapped());
  }

  @Test
  void nothingIsLongerOrFartherOutThanTheSettingsSay() {
    List<Op> ops = generate(settings(1, 1, 1, Access.MIXED, 1));

    assertThat(ops)
        .filteredOn(op -> op.kind() != OpKind.TRUNCATE && op.kind() != OpKind.FSYNC)
        .allMatch(op -> op.length() > 0 && op.length() <= LONGEST_OP)
        .filteredOn(op -> op.kind() != OpKind.READ)
        .allMatch(op -> op.end() <= LONGEST_FILE);
    assertThat(ops).allMatch(op -> op.kind() != OpKind.TRUNCATE || op.length() <= LONGEST_FILE);
    assertThat(ops)
        .filteredOn(op -> op.kind() == OpKind.WRITE)
        .anyMatch(Op::direct)
        .anyMatch(op -> !op.direct() && op.offset() % 512 != 0);
  }

  @Test
  void whatCannotWorkIsRefusedWithTheOption() {
    assertThatThrownBy(() -> settings(1, 512, 1, Access.DIRECT, 1))
        .hasMessage("-r 1 is not a multiple of 512, which -Z needs");
    assertThatThrownBy(() -> settings(512, 100, 1, Access.DIRECT, 1))
        .hasMessage("-w 100 is not a multiple of 512, which -Z needs");
    assertThatThrownBy(() -> settings(1, 1, 0, Access.MIXED, 1))
        .hasMessage("-t 0 is not at least 1");
    assertThatThrownBy(() -> settings(1, 1, 1, Access.MIXED, 0))
        .hasMessage("--threads 0 is not 1 to 64");
    assertThatThrownBy(() -> Settings.plain(0)).hasMessage("-N 0 is not at least 1");
  }

  private static List<Op> generate(Settings settings) {
    OpGenerator generator = new OpGenerator(settings, 0, 11);
    return IntStream.range(0, 5000).mapToObj(i -> generator.next(123_456)).toList();
  }

  private static Settings settings(
      int readBoundary, int writeBoundary, int truncateBoundary, Access access, int threads) {
    return new Settings(
        5000,
        LONGEST_FILE,
        LONGEST_OP,
        readBoundary,
        writeBoundary,
        truncateBoundary,
        false,
        false,
        true,
        true,
        true,
        access,
        false,
        0,
        threads);
  }
}
