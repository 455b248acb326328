package dev.diolab.benchmarks.verify.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who wraps a part of the seam passes every call on. A default method that a wrapper inherits
 * answers for itself instead of asking what is wrapped, and the attack goes on with another
 * strategy or policy than it says.
 */
class WrappersTest {
  private static final List<Class<?>> SEAM =
      List.of(DioStrategy.class, InodeLocking.class, Grant.class, ConversionPolicy.class);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.diolab.benchmarks.verify.record.PausingStrategy",
        "dev.diolab.benchmarks.verify.record.PausingPolicy",
        "dev.diolab.benchmarks.verify.races.schedule.GatedStrategy",
        "dev.diolab.benchmarks.verify.races.schedule.GatedPolicy",
        "dev.diolab.strategies.old.OldScheme"
      })
  void inheritNoDefaultMethod(String wrapper) throws ClassNotFoundException {
    Class<?> outer = Class.forName(wrapper);
    List<Class<?>> classes = new ArrayList<>(List.of(outer.getDeclaredClasses()));
    classes.add(outer);
    int checked = 0;
    for (Class<?> type : classes) {
      for (Class<?> part : SEAM) {
        if (part.isAssignableFrom(type)) {
          checked++;
          assertThat(inherited(type, part)).as("%s of %s", part.getSimpleName(), type).isEmpty();
        }
      }
    }
    assertThat(checked).isPositive();
  }

  private static List<String> inherited(Class<?> type, Class<?> part) {
    return Arrays.stream(part.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !isDeclared(type, method))
        .map(Method::getName)
        .toList();
  }

  private static boolean isDeclared(Class<?> type, Method wanted) {
    return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
        .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
        .anyMatch(
            method ->
                method.getName().equals(wanted.getName())
                    && Arrays.equals(method.getParameterTypes(), wanted.getParameterTypes()));
  }
}
