package dev.diolab.results.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every field of a JSON file as its records have it, e.g. {@code cells[].sync.count}. */
public final class SchemaFields {
  private SchemaFields() {}

  /** A field by its path. */
  public record Field(String path, boolean isOptional) {}

  /** The fields of the file whose contents are a {@code type}. */
  public static List<Field> of(Class<? extends Record> type) {
    List<Field> fields = new ArrayList<>();
    collect(type, "", fields);
    return fields;
  }

  /** The fields of {@code run.json}. */
  static List<Field> all() {
    return of(RunFile.class);
  }

  /** The mandatory fields of {@code run.json}, those inside optional objects included. */
  static Stream<String> mandatory() {
    return all().stream().filter(field -> !field.isOptional).map(Field::path);
  }

  private static void collect(Class<?> type, String prefix, List<Field> fields) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        collect(component.getType(), prefix, fields);
        continue;
      }
      String path = prefix + component.getName();
      fields.add(new Field(path, component.getAnnotatedType().isAnnotationPresent(Nullable.class)));
      if (component.getType().isRecord()) {
        collect(component.getType(), path + ".", fields);
      } else if (component.getGenericType() instanceof ParameterizedType list
          && list.getActualTypeArguments()[0] instanceof Class<?> element
          && element.isRecord()) {
        collect(element, path + "[].", fields);
      }
    }
  }
}
