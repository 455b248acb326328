package dev.diolab.results.report;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A chart of one line of text: eight heights of blocks, from 0 to the largest value. */
final class Sparkline {
  private static final String HEIGHTS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

  /** Between the warm-up and the measured time. */
  private static final String BORDER = "\u2502";

  private Sparkline() {}

  /** Values of the warm-up and of the measured time on one scale. */
  static String of(double[] warmup, double[] measured) {
    double most = Math.max(largest(warmup), largest(measured));
    return line(warmup, most) + BORDER + line(measured, most);
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).max().orElse(0);
  }

  private static String line(double[] values, double most) {
    return Arrays.stream(values)
        .mapToObj(value -> String.valueOf(HEIGHTS.charAt(height(value, most))))
        .collect(Collectors.joining());
  }

  private static int height(double value, double most) {
    int last = HEIGHTS.length() - 1;
    return most == 0 ? 0 : (int) Math.min(last, Math.round(value / most * last));
  }
}
