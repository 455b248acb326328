package dev.diolab.engine.locking;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingStrategyTest {
  @Test
  void everyMethodOfAStrategyIsForwarded() {
    List<String> forwarded = signatures(ForwardingStrategy.class.getDeclaredMethods());
    assertThat(signatures(DioStrategy.class.getDeclaredMethods()))
        .contains("takes[interface dev.diolab.engine.locking.ConversionPolicy]")
        .isSubsetOf(forwarded);
  }

  private static List<String> signatures(Method... methods) {
    return Arrays.stream(methods)
        .filter(method -> !method.isSynthetic())
        .map(method -> method.getName() + Arrays.toString(method.getParameterTypes()))
        .toList();
  }
}
