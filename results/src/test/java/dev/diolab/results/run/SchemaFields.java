package dev.diolab.results.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every field of {@code run.json} as the records have it, e.g. {@code cells[].sync.count}. */
final class SchemaFields {
  private SchemaFields() {}

  record Field(String path, boolean isOptional) {}

  static List<Field> all() {
    List<Field> fields = new ArrayList<>();
    collect(RunFile.class, "", fields);
    return fields;
  }

  /** The mandatory fields, those inside optional objects included. */
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
