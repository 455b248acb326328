package dev.diolab.results.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a JSON tree lacks of a record. Jackson would put 0 or null in the place of a missing
 * field, so this looks first. A component that is not {@code @Nullable} is mandatory.
 */
final class MandatoryFields {
  private MandatoryFields() {}

  /** The path of the first mandatory field that {@code tree} lacks, e.g. {@code cells[3].p50Us}. */
  static Optional<String> missing(JsonNode tree, Class<?> type) {
    return missing(tree, type, "");
  }

  private static Optional<String> missing(JsonNode tree, Class<?> type, String path) {
    for (RecordComponent component : type.getRecordComponents()) {
      Optional<String> missing =
          component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
              ? missing(tree, component.getType(), path)
              : missing(tree.get(component.getName()), component, path);
      if (missing.isPresent()) {
        return missing;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> missing(
      @Nullable JsonNode value, RecordComponent component, String parent) {
    String path = parent.isEmpty() ? component.getName() : parent + "." + component.getName();
    if (value == null || value.isNull()) {
      return isOptional(component) ? Optional.empty() : Optional.of(path);
    }
    if (component.getType().isRecord() && value.isObject()) {
      return missing(value, component.getType(), path);
    }
    Optional<Class<?>> element = elementRecord(component.getGenericType());
    if (element.isPresent() && value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        Optional<String> missing = missing(value.get(i), element.get(), path + "[" + i + "]");
        if (missing.isPresent()) {
          return missing;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOptional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** The record that a list holds. */
  private static Optional<Class<?>> elementRecord(Type type) {
    return type instanceof ParameterizedType list
            && list.getActualTypeArguments()[0] instanceof Class<?> element
            && element.isRecord()
        ? Optional.of(element)
        : Optional.empty();
  }
}
