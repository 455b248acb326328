package dev.diolab.results.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diolab.results.run.RunFormatException;
import dev.diolab.results.run.SchemaFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationFileTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path directory;
  private Path file;
  private final Verification verification = Verifications.mixed().get();

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve(VerificationFile.NAME);
    VerificationFile.write(file, verification);
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    assertThat(VerificationFile.read(file)).isEqualTo(verification);
    assertThat(directory.toFile().list()).containsExactly("verify.json");
  }

  @Test
  void onlyTheFieldsOfTheSchemaAreWritten() throws IOException {
    List<String> known =
        SchemaFields.of(Verification.class).stream().map(SchemaFields.Field::path).toList();

    assertThat(paths(MAPPER.readTree(file.toFile()), "")).isNotEmpty().isSubsetOf(known);
  }

  @Test
  void fieldsThatAreNotKnownAreSkipped() throws IOException {
    ObjectNode tree = tree();
    tree.put("weather", "fair");
    MAPPER.writeValue(file.toFile(), tree);

    assertThat(VerificationFile.read(file)).isEqualTo(verification);
  }

  @ParameterizedTest
  @MethodSource("mandatory")
  void aMissingMandatoryFieldIsNamedWithItsFile(String path) throws IOException {
    ObjectNode tree = tree();
    assertThat(parent(tree, path).remove(path.substring(path.lastIndexOf('.') + 1))).isNotNull();
    MAPPER.writeValue(file.toFile(), tree);

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> VerificationFile.read(file))
        .withMessage("%s lacks the mandatory field %s", file, path.replace("[]", "[1]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          schema        | 2              | schema is 2, but this diolab reads 1 of verify.json
          code.digest   | "beef"         | code: digest is "beef", but must be a SHA-256: 64 hexadecimal digits in lower case
          seed          | "x"            | seed is "x", but must be of the type long
          shards        | []             | shards is empty; a run that was not dealt out holds 1/1
          shards        | ["1/2","1/2"]  | a shard is there twice: [1/2, 1/2]
          shards        | ["1/2","2/3"]  | shards are of different numbers: [1/2, 2/3]
          shards        | ["3/2"]        | shard 3/2 is none: a shard is i/n with 1 <= i <= n <= 100000
          started       | "noon"         | started is "noon", but must be an ISO 8601 time in UTC
          seconds       | -1             | seconds is -1.0, but must be a number that is not negative
          states        | 5              | states is 5, but the cells have 210000 together
          cells[].runs  | -1             | cells[1]: runs is -1, but must not be negative
          cells[].strategy | "i-mutex"   | two cells are of i-mutex/end-io
          cells[].guarantees[].guarantee | "G9" | cells[1].guarantees[1]: guarantee is "G9", but must be one of image, G1, G2, G3, G4, G5, G6, G7, G8
          cells[].guarantees[].guarantee | "image" | cells[1]: two entries are of image
          cells[].guarantees[].attacks | 1 | cells[1].guarantees[1]: G1 is broken 2 times by 1 attacks
          corruption.named | -3          | corruption: named is -3, but must not be negative
          """)
  void aBadValueIsNamedWithItsField(String path, String value, String message) throws IOException {
    ObjectNode tree = tree();
    parent(tree, path).set(path.substring(path.lastIndexOf('.') + 1), MAPPER.readTree(value));
    MAPPER.writeValue(file.toFile(), tree);

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> VerificationFile.read(file))
        .withMessage("%s: %s", file, message);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3, 0.7, 0.99})
  void aTruncatedFileIsCalledTruncated(double part) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, (int) (whole.length * part)));

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> VerificationFile.read(file))
        .withMessageStartingWith("%s is truncated", file);
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = directory.resolve("none.json");

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> VerificationFile.read(missing))
        .withMessage("%s does not exist", missing);
  }

  static Stream<String> mandatory() {
    return SchemaFields.of(Verification.class).stream()
        .filter(field -> !field.isOptional())
        .map(SchemaFields.Field::path);
  }

  private ObjectNode tree() throws IOException {
    return (ObjectNode) MAPPER.readTree(file.toFile());
  }

  /** The object that a path's last step is a field of; of arrays, the second entry. */
  private static ObjectNode parent(ObjectNode tree, String path) {
    JsonNode parent = tree;
    List<String> steps = List.of(path.split("\\.", -1));
    for (String step : steps.subList(0, steps.size() - 1)) {
      parent = parent.get(step.replace("[]", ""));
      parent = step.endsWith("[]") ? parent.get(1) : parent;
    }
    return (ObjectNode) parent;
  }

  private static List<String> paths(JsonNode node, String prefix) {
    if (node.isArray()) {
      return node.valueStream()
          .filter(JsonNode::isObject)
          .flatMap(element -> paths(element, prefix.replaceFirst("\\.$", "[].")).stream())
          .toList();
    }
    return node.propertyStream()
        .flatMap(
            field ->
                Stream.concat(
                    Stream.of(prefix + field.getKey()),
                    paths(field.getValue(), prefix + field.getKey() + ".").stream()))
        .toList();
  }
}
