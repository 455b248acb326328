package dev.diolab.results.chart;

import java.awt.Shape;
import java.awt.geom.PathIterator;

/**
 * An outline as the path data of SVG 1.1, section 8.3. Places are rounded to hundredths; commands
 * are relative, which is shorter, and start from the rounded place, so that errors do not add up. A
 * part to a place that is no number is left out, as Java2D does.
 */
final class PathData {
  private static final double PER_UNIT = 100;
  private static final int MOST_NUMBERS = 6;

  private final StringBuilder out;
  private char last;
  private long x;
  private long y;
  private long firstX;
  private long firstY;

  private PathData(StringBuilder out) {
    this.out = out;
  }

  /** Appends the data of a shape. */
  static void append(StringBuilder out, Shape shape) {
    PathData data = new PathData(out);
    double[] places = new double[MOST_NUMBERS];
    for (PathIterator at = shape.getPathIterator(null); !at.isDone(); at.next()) {
      switch (at.currentSegment(places)) {
        case PathIterator.SEG_MOVETO -> data.move(places);
        case PathIterator.SEG_LINETO -> data.to('l', places, 2);
        case PathIterator.SEG_QUADTO -> data.to('q', places, 4);
        case PathIterator.SEG_CUBICTO -> data.to('c', places, 6);
        default -> data.close();
      }
    }
  }

  private void move(double[] places) {
    to('m', places, 2);
    firstX = x;
    firstY = y;
  }

  private void close() {
    out.append('z');
    last = 'z';
    x = firstX;
    y = firstY;
  }

  /** The places are all relative to that where the part begins. */
  private void to(char command, double[] places, int count) {
    if (!areNumbers(places, count)) {
      return;
    }
    // After an m the next pair without a letter would be a line.
    boolean isRepeated = command == last && command != 'm';
    if (!isRepeated) {
      out.append(command);
    }
    long toX = x;
    long toY = y;
    for (int i = 0; i < count; i += 2) {
      toX = hundredths(places[i]);
      toY = hundredths(places[i + 1]);
      number(toX - x, isRepeated || i > 0);
      number(toY - y, true);
    }
    last = command;
    x = toX;
    y = toY;
  }

  /** Numbers stand apart by their sign or by a space. */
  private void number(long hundredths, boolean followsNumber) {
    if (followsNumber && hundredths >= 0) {
      out.append(' ');
    }
    decimal(out, hundredths);
  }

  private static boolean areNumbers(double[] places, int count) {
    for (int i = 0; i < count; i++) {
      if (!Double.isFinite(places[i])) {
        return false;
      }
    }
    return true;
  }

  /** Appends a number, rounded to hundredths and without needless digits. */
  static void number(StringBuilder out, double value) {
    decimal(out, hundredths(value));
  }

  private static long hundredths(double value) {
    return Math.round(value * PER_UNIT);
  }

  private static void decimal(StringBuilder out, long hundredths) {
    long size = Math.abs(hundredths);
    if (hundredths < 0) {
      out.append('-');
    }
    out.append(size / 100);
    long rest = size % 100;
    if (rest != 0) {
      out.append('.').append(rest / 10);
      if (rest % 10 != 0) {
        out.append(rest % 10);
      }
    }
  }
}
