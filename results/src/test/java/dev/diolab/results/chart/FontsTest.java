package dev.diolab.results.chart;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FontsTest {
  @Test
  void whereTestsRunThereAreFonts() {
    assertThatCode(Fonts::require).doesNotThrowAnyException();
  }

  @Test
  void missingFontsAreReportedWithTheRemedy() {
    RuntimeException fromJava = new RuntimeException("Fontconfig head is null");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                Fonts.require(
                    () -> {
                      throw fromJava;
                    }))
        .withMessageStartingWith("Charts cannot be drawn, because Java finds no fonts here")
        .withMessageContaining("Fontconfig head is null")
        .withMessageEndingWith("apt-get install fontconfig fonts-dejavu-core")
        .withCause(fromJava);
  }
}
