package dev.diolab.engine.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrnoTest {
  static Stream<Field> constants() {
    return Arrays.stream(Errno.class.getFields()).filter(f -> Modifier.isStatic(f.getModifiers()));
  }

  @ParameterizedTest
  @MethodSource("constants")
  void constantHasTheValueThatTheSystemGivesItsName(Field constant)
      throws ReflectiveOperationException {
    assertThat(Errno.name(constant.getInt(null))).isEqualTo(constant.getName());
  }

  @Test
  void everyNumberHasAMessage() {
    assertThat(Errno.message(Errno.ENOSPC)).isNotBlank().isNotEqualTo(Errno.message(Errno.EIO));
    assertThat(Errno.message(99_999)).isNotBlank();
  }

  @Test
  void numberWithoutANameIsStillShown() {
    assertThat(Errno.name(99_999)).isEqualTo("E?");
  }
}
