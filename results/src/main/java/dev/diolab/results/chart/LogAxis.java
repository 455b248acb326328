package dev.diolab.results.chart;

import java.util.ArrayList;
import java.util.List;

/** Round values of a logarithmic axis: 1, 2 and 5 in each decade. */
final class LogAxis {
  private static final double EPSILON = 1e-6;
  private static final int[] ROUND = {1, 2, 5, 10};

  private LogAxis() {}

  static double roundDown(double value) {
    double decade = decade(value);
    double result = decade;
    for (int digit : ROUND) {
      if (digit * decade <= value * (1 + EPSILON)) {
        result = digit * decade;
      }
    }
    return result;
  }

  static double roundUp(double value) {
    double decade = decade(value);
    for (int digit : ROUND) {
      if (digit * decade >= value * (1 - EPSILON)) {
        return digit * decade;
      }
    }
    throw new AssertionError("no round value above " + value);
  }

  /** The round values from {@code bottom} to {@code top}, both included. */
  static List<Double> labelled(double bottom, double top) {
    List<Double> values = new ArrayList<>();
    for (double decade = decade(bottom); decade <= top * (1 + EPSILON); decade *= 10) {
      for (int digit : new int[] {1, 2, 5}) {
        double value = digit * decade;
        if (value >= bottom * (1 - EPSILON) && value <= top * (1 + EPSILON)) {
          values.add(value);
        }
      }
    }
    return values;
  }

  static boolean isLabelled(double value) {
    return Math.abs(roundDown(value) / value - 1) < EPSILON;
  }

  private static double decade(double value) {
    return Math.pow(10, Math.floor(Math.log10(value * (1 + EPSILON))));
  }
}
