package dev.diolab.benchmarks.verify.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.OpKind;
import dev.diolab.benchmarks.verify.script.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no case, or no longer one, are refused with a message that names them. */
class BadCaseFileTest {
  @TempDir Path directory;
  private Path file = Path.of("");
  private String good = "";

  @BeforeEach
  void writeGoodCase() throws IOException {
    file = directory.resolve("case.json");
    Op op = new Op(OpKind.WRITE, 1, 512, 4096);
    CaseFile.write(
        file,
        new SavedCase(
            SavedCase.SCHEMA,
            "iomap-endio",
            "end-io",
            "G8",
            "hangs",
            new Script(4096, 0, List.of(), List.of(List.of(op))),
            List.of(new Event(7, 0, op, 3, Event.NEVER, null)),
            0,
            null));
    good = Files.readString(file);
  }

  private void assertRefused(String content) throws IOException {
    Files.writeString(file, content);
    assertThatThrownBy(() -> CaseFile.read(file))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("no case to replay");
  }

  @Test
  void goodCaseIsRead() {
    assertThat(CaseFile.read(file).events()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "7", "{\"schema\":1}", "\u0000"})
  void foreignJsonIsRefused(String content) throws IOException {
    assertRefused(content);
  }

  @Test
  void caseThatIsCutOffAnywhereIsRefused() throws IOException {
    for (int length = 0; length < good.length() - 1; length += 7) {
      assertRefused(good.substring(0, length));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'\"id\" : 7', '\"id\" : -7'",
    "'\"id\" : 7', '\"id\" : 2000000000'",
    "'\"file\" : 1', '\"file\" : 5'",
    "'\"bytes\" : 4096', '\"bytes\" : -4096'",
    "'\"bytes\" : 4096', '\"bytes\" : 4000'",
    "'\"bytes\" : 4096', '\"bytes\" : 2000000384'",
    "'\"offset\" : 512', '\"offset\" : -512'",
    "'\"blockSize\" : 4096', '\"blockSize\" : 0'",
    "'\"kind\" : \"WRITE\"', '\"kind\" : null'",
    "'\"strategy\" : \"iomap-endio\"', '\"strategy\" : null'"
  })
  void valueThatNoScriptHasIsRefused(String from, String to) throws IOException {
    assertThat(good).contains(from);
    assertRefused(good.replace(from, to));
  }
}
