package dev.diolab.benchmarks.verify.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.OpKind;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CaseDocumentTest {
  private static final Path DOCUMENT = Path.of("docs", "verify-case.md");
  private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\| ([^|]+) \\| (.+) \\|$");

  @Test
  void everyFieldIsDocumentedAsMandatoryOrOptionalAndEveryDocumentedFieldExists()
      throws IOException {
    Map<String, Boolean> fields = new TreeMap<>();
    collect(SavedCase.class, "", fields);
    collect(Op.class, "op.", fields);
    fields.remove("script"); // its fields have rows of their own

    assertThat(documentation()).isEqualTo(fields);
  }

  @Test
  void theSchemaAndEveryKindOfOperationAreNamed() throws IOException {
    assertThat(Files.readString(DOCUMENT))
        .contains("| `schema` | integer | `" + SavedCase.SCHEMA + "` |");
    for (OpKind kind : OpKind.values()) {
      assertThat(Files.readString(DOCUMENT)).contains("`" + kind + "`");
    }
  }

  private static void collect(Class<?> type, String prefix, Map<String, Boolean> fields) {
    for (RecordComponent component : type.getRecordComponents()) {
      String path = prefix + component.getName();
      fields.put(path, component.getAnnotatedType().isAnnotationPresent(Nullable.class));
      collect(component.getGenericType(), path, fields);
    }
  }

  /** The fields of the records that {@code type} is or holds; those of operations once only. */
  private static void collect(Type type, String path, Map<String, Boolean> fields) {
    if (type instanceof ParameterizedType list) {
      collect(list.getActualTypeArguments()[0], path + "[]", fields);
    } else if (type instanceof Class<?> record && record.isRecord() && record != Op.class) {
      collect(record, path + ".", fields);
    }
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
