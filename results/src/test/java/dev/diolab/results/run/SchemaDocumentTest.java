package dev.diolab.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SchemaDocumentTest {
  private static final Path DOCUMENT = Path.of("docs", "run-json.md");
  private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\| ([^|]+) \\| (.+) \\|$");

  @Test
  void everyFieldIsDocumentedAndEveryDocumentedFieldExists() throws IOException {
    List<String> fields = new ArrayList<>();
    for (SchemaFields.Field field : SchemaFields.all()) {
      fields.add(generalised(field.path()));
    }

    TreeSet<String> documented = new TreeSet<>(documentation().keySet());
    // Twins are cells. The objects themselves are not rows of their own where all their fields are.
    fields.removeIf(field -> field.startsWith("twins[]."));
    fields.removeAll(List.of("git", "cells[].phases", "cells[].phases.P"));
    assertThat(documented).isEqualTo(new TreeSet<>(fields));
  }

  @Test
  void optionalFieldsAndOnlyTheseAreCalledOptional() throws IOException {
    Map<String, String> documentation = documentation();
    for (SchemaFields.Field field : SchemaFields.all()) {
      String row = documentation.get(generalised(field.path()));
      if (row != null) {
        assertThat(row.contains("*optional*")).as(field.path()).isEqualTo(field.isOptional());
      }
    }
  }

  @Test
  void everyPhaseIsDocumented() throws IOException {
    String text = Files.readString(DOCUMENT);
    for (Phase phase : Phase.values()) {
      assertThat(text).contains("`" + phase.tag() + "`");
    }
  }

  @Test
  void theSchemaIsNamed() throws IOException {
    assertThat(Files.readString(DOCUMENT)).contains("`" + RunFile.SCHEMA + "`");
  }

  /** Fields with a dot or of a run or cell, by their path; the table of phases is none of them. */
  private static Map<String, String> documentation() throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(row.group(1), row.group(2));
      }
    }
    return rows;
  }

  private static String generalised(String path) {
    return path.replaceAll("^(cells\\[]\\.phases)\\.[^.]+", "$1.P");
  }
}
