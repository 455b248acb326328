package dev.diolab.results.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.run.SchemaFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VerificationSchemaDocumentTest {
  private static final Path DOCUMENT = Path.of("docs", "verify-json.md");
  private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\| ([^|]+) \\| (.+) \\|$");

  @Test
  void everyFieldIsDocumentedAsMandatoryOrOptionalAndEveryDocumentedFieldExists()
      throws IOException {
    Map<String, Boolean> fields = new TreeMap<>();
    SchemaFields.of(Verification.class)
        .forEach(field -> fields.put(field.path(), field.isOptional()));
    fields.remove("code"); // its fields have rows of their own

    assertThat(documentation()).isEqualTo(fields);
  }

  @Test
  void theSchemaAndEveryGuaranteeOfTheImageAreNamed() throws IOException {
    assertThat(Files.readString(DOCUMENT))
        .contains("| `schema` | integer | `" + Verification.SCHEMA + "` |")
        .contains("`" + GuaranteeVerdict.IMAGE + "`");
  }

  /** Whether each documented field is called optional. */
  private static Map<String, Boolean> documentation() throws IOException {
    Map<String, Boolean> rows = new TreeMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(row.group(1), row.group(2).contains("*optional*"));
      }
    }
    return rows;
  }
}
