package dev.diolab.benchmarks.verify.fsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpTest {
  @TempDir private Path directory;

  @Test
  void aLineOfALogIsTheOperationAgain() throws IOException {
    OpGenerator generator =
        new OpGenerator(Settings.plain(1000), 3, 7); // every kind, flags and a thread
    List<Op> ops = IntStream.range(0, 1000).mapToObj(i -> generator.next(50_000)).toList();
    Path file = directory.resolve("ops");

    OpLog.write(file, "two lines\nof comment", ops);

    assertThat(OpLog.read(file)).isEqualTo(ops);
    assertThat(Files.readAllLines(file)).startsWith("# two lines", "# of comment");
    assertThat(ops.stream().map(Op::kind).distinct()).hasSize(9);
  }

  @Test
  void aLineThatIsNoOperationIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("ops"), "read 0x0 0x10\n\nscrub 0x0 0x10\n");

    assertThatThrownBy(() -> OpLog.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 3 of")
        .hasMessageContaining("unknown operation: scrub");
    assertThatThrownBy(() -> Op.parse("read 0x0")).hasMessageContaining("missing");
    assertThatThrownBy(() -> Op.parse("read 0 1 sideways")).hasMessageContaining("sideways");
    assertThatThrownBy(() -> Op.parse("read -1 1")).hasMessageContaining("negative");
    assertThatThrownBy(() -> Op.parse("read 0x7fffffff 1")).hasMessageContaining("too far");
  }
}
