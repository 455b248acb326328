package dev.diolab.results.run;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks of the records' values; each throws {@link IllegalArgumentException} with the value. */
public final class Require {
  private Require() {}

  /** Refuses a value by a sentence that holds it. */
  @FormatMethod
  public static void that(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }

  /** A quantity is a finite number that is not negative. */
  public static void quantity(String field, double value) {
    that(
        Double.isFinite(value) && value >= 0,
        "%s is %s, but must be a number that is not negative",
        field,
        value);
  }

  /** A count is not negative. */
  public static void count(String field, long value) {
    that(value >= 0, "%s is %d, but must not be negative", field, value);
  }

  /** Copies a list, refusing the {@code null} that JSON may bring in. */
  public static <T> List<T> list(String field, List<T> values) {
    that(values.stream().allMatch(value -> value != null), "%s holds a null", field);
    return List.copyOf(values);
  }

  /**
   * Copies a map of texts, numbers and truth values in its order. Whole numbers become {@code Long}
   * and others {@code Double}, so that what is read equals what was written.
   */
  public static Map<String, Object> flat(String field, Map<String, Object> values) {
    Map<String, Object> copy = new LinkedHashMap<>();
    values.forEach((key, value) -> copy.put(key, plain(field + "." + key, value)));
    return Collections.unmodifiableMap(copy);
  }

  private static Object plain(String field, Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    that(
        value instanceof String
            || value instanceof Long
            || value instanceof Double
            || value instanceof Boolean,
        "%s is %s, but must be a text, a number or a truth value",
        field,
        value);
    return value;
  }
}
