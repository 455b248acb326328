package dev.diolab.results.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diolab.results.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunFileTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private static Path shared;
  private static RunFile run;

  @TempDir private Path directory;
  private Path file;

  @BeforeAll
  static void measure() throws IOException {
    run =
        SyntheticRun.in(shared, 7)
            .operationsPerRound(200)
            .verdicts(
                new VerdictSource(
                    "0123456789abcdef".repeat(4),
                    new VerdictSource.Verified(
                        "quick", Instant.parse("2026-11-21T09:00:00Z"), 210_000, 7, true),
                    null))
            .offered(new Offered("poisson", 5_000, 50))
            .twin("i-mutex")
            .slices(
                new Slices(
                    List.of(new Slices.Slice(1, 2), new Slices.Slice(3, 4)),
                    List.of(new Slices.Slice(5, 6), new Slices.Slice(7, 8))))
            .add("TSO32", "zeroed+fill, fdatasync", 32768, false, 1, 2)
            .run();
  }

  @BeforeEach
  void writeRun() throws IOException {
    file = directory.resolve("run.json");
    run.write(file);
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    assertThat(RunFile.read(file)).isEqualTo(run);
  }

  @Test
  void aTwinWithoutItsCellIsRefused() throws IOException {
    ObjectNode tree = tree();
    ((ObjectNode) tree.get("twins").get(1)).put("threads", 7);
    save(tree);

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> RunFile.read(file))
        .withMessageContaining("no cell has the key of a twin")
        .withMessageContaining("7 threads");
  }

  @Test
  void fieldsOfUnwrappedRecordsStandDirectlyInTheCell() throws IOException {
    JsonNode cell = MAPPER.readTree(file.toFile()).get("cells").get(0);

    assertThat(cell.get("workload").asText()).isEqualTo("TSO32");
    assertThat(cell.get("opsPerSecond").isNumber()).isTrue();
    assertThat(cell.get("p999Us").isNumber()).isTrue();
    assertThat(cell.get("phases").get("lockWait").get("p99Us").isNumber()).isTrue();
    assertThat(cell.get("extentsAfter").isNumber()).isTrue();
    assertThat(cell.get("verdict").asText()).isEqualTo("unchecked");
    assertThat(cell.has("allocatedBytesPerOp")).as("an optional field without a value").isFalse();
  }

  @Test
  void unknownFieldsAreSkipped() throws IOException {
    ObjectNode tree = tree();
    tree.put("weather", "fair");
    cell(tree).putObject("mood").put("good", true);
    save(tree);

    assertThat(RunFile.read(file)).isEqualTo(run);
  }

  @ParameterizedTest
  @MethodSource("dev.diolab.results.run.SchemaFields#mandatory")
  void aMissingMandatoryFieldIsNamedWithItsFile(String path) throws IOException {
    ObjectNode tree = tree();
    remove(tree, path);
    save(tree);

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> RunFile.read(file))
        .withMessage("%s lacks the mandatory field %s", file, path.replace("[]", "[1]"));
  }

  @Test
  void anOptionalFieldMayBeMissing() throws IOException {
    ObjectNode tree = tree();
    cell(tree).remove(List.of("sync", "fillSeconds"));
    save(tree);

    Cell cell = RunFile.read(file).cells().get(1);
    assertThat(cell.sync()).isNull();
    assertThat(cell.fillSeconds()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          threads             | "many"         | cells[1].threads is "many", but must be of the type int
          threads             | 0              | cells[1]: threads is 0, but must be at least 1
          threads             | 1.5            | cells[1].threads is "1.5", but must be of the type int
          p99Us               | -3             | cells[1]: p99Us is -3.0, but must be a number that is not negative
          p99Us               | "NaN"          | cells[1]: p99Us is NaN, but must be a number that is not negative
          opsPerSecondByRound | [1]            | cells[1]: opsPerSecondByRound has 1 values, but rounds is 2
          opsPerSecondByRound | [1,null]       | cells[1]: opsPerSecondByRound holds a null
          guarantees          | {}             | cells[1].guarantees has a value of the wrong type
          deviceWrites        | -1             | cells[1]: deviceWrites is -1, but must not be negative
          phases              | 3              | cells[1].phases has a value of the wrong type
          histogram           | "../x.hlog"    | cells[1]: histogram is "../x.hlog", but must be a file inside the run directory
          histogram           | "/etc/x.hlog"  | cells[1]: histogram is "/etc/x.hlog", but must be a file inside the run directory
          """)
  void aBadValueIsNamedWithItsField(String field, String value, String message) throws IOException {
    ObjectNode tree = tree();
    cell(tree).set(field, MAPPER.readTree(value));
    save(tree);

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> RunFile.read(file))
        .withMessage("%s: %s", file, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          schema      | "diolab-run/9" | schema is "diolab-run/9", but this diolab reads "diolab-run/1"
          started     | "yesterday"    | started is "yesterday", but must be of the type Instant
          environment | {"cpu":{}}     | environment.cpu is {}, but must be a text, a number or a truth value
          parameters  | {"x":null}     | parameters.x is null, but must be a text, a number or a truth value
          cells       | {}             | cells has a value of the wrong type
          """)
  void aBadValueOfTheRunIsNamed(String field, String value, String message) throws IOException {
    ObjectNode tree = tree();
    tree.set(field, MAPPER.readTree(value));
    save(tree);

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> RunFile.read(file))
        .withMessage("%s: %s", file, message);
  }

  @Test
  void twoCellsWithTheSameKeyAreRefused() throws IOException {
    ObjectNode tree = tree();
    ((ArrayNode) tree.get("cells")).add(cell(tree).deepCopy());
    save(tree);

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> RunFile.read(file))
        .withMessageStartingWith("%s: two cells have the key (TSO32,", file);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.3, 0.5, 0.7, 0.95, 0.999})
  void aTruncatedFileIsCalledTruncated(double part) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, (int) (whole.length * part)));

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> RunFile.read(file))
        .withMessageStartingWith("%s is truncated: it ends in the middle, in line", file);
  }

  @Test
  void anEmptyFileIsCalledEmpty() throws IOException {
    Files.write(file, new byte[0]);

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> RunFile.read(file))
        .withMessage("%s is empty", file);
  }

  @ParameterizedTest
  @CsvSource({"hello", "'{\"schema\": ]}'"})
  void whatIsNoJsonIsLocated(String text) throws IOException {
    Files.writeString(file, text, UTF_8);

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> RunFile.read(file))
        .withMessageStartingWith("%s is no valid JSON, in line 1, column", file);
  }

  @Test
  void anArrayIsNoRun() throws IOException {
    Files.writeString(file, "[]");

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> RunFile.read(file))
        .withMessage("%s holds no JSON object", file);
  }

  @Test
  void aRecordRefusesWhatTheSchemaForbids() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CellKey("w", "v", "s", "p", 0, "file"))
        .withMessage("threads is 0, but must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Throughput.of(List.of(new Throughput.Round(1, 1, 0))))
        .withMessage("a round took 0.0 seconds");
  }

  private ObjectNode tree() throws IOException {
    return (ObjectNode) MAPPER.readTree(file.toFile());
  }

  private void save(ObjectNode tree) throws IOException {
    MAPPER.writeValue(file.toFile(), tree);
  }

  /** The second cell: a path in a message then shows more than a default. */
  private static ObjectNode cell(ObjectNode tree) {
    return (ObjectNode) tree.get("cells").get(1);
  }

  private static void remove(ObjectNode tree, String path) {
    ObjectNode parent = tree;
    List<String> steps = Pattern.compile("\\.").splitAsStream(path).toList();
    for (String step : steps.subList(0, steps.size() - 1)) {
      JsonNode next = parent.get(step.replace("[]", ""));
      parent = (ObjectNode) (step.endsWith("[]") ? next.get(1) : next);
    }
    assertThat(parent.remove(steps.getLast())).as(path).isNotNull();
  }
}
