package dev.diolab.engine.locking;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardingPolicyTest {
  @Test
  void everyMethodOfAPolicyIsForwarded() {
    List<String> forwarded = signatures(ForwardingPolicy.class.getDeclaredMethods());
    assertThat(signatures(ConversionPolicy.class.getDeclaredMethods()))
        .contains("endIo[interface dev.diolab.engine.locking.UnwrittenWrite]")
        .isSubsetOf(forwarded);
  }

  private static List<String> signatures(Method... methods) {
    return Arrays.stream(methods)
        .filter(method -> !method.isSynthetic())
        .map(method -> method.getName() + Arrays.toString(method.getParameterTypes()))
        .toList();
  }
}
