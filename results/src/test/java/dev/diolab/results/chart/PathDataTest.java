package dev.diolab.results.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathDataTest {
  /** Half of a hundredth, and what a binary fraction adds to that. */
  private static final double ROUNDING = 0.0050001;

  @Test
  void commandsAreRelativeAndTheirLettersNotRepeated() {
    Path2D path = new Path2D.Double();
    path.moveTo(1.234, 2);
    path.lineTo(3, 2);
    path.lineTo(3, 4.006);
    path.quadTo(3, 5, 2.5, 4);
    path.curveTo(1, 1, 2, 2, 3, 3);
    path.closePath();
    path.moveTo(1.23, 3);
    path.lineTo(0, 0);

    assertThat(data(path))
        .isEqualTo("m1.23 2l1.77 0 0 2.01q0 0.99-0.5-0.01c-1.5-3-0.5-2 0.5-1zm0 1l-1.23-3");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-0.004, 0", "0.005, 0.01", "-12.5, -12.5", "1200, 1200", "0.999, 1"})
  void numbersAreRoundedToHundredths(double value, String text) {
    StringBuilder out = new StringBuilder();
    PathData.number(out, value);

    assertThat(out).hasToString(text);
  }

  @Test
  void whatIsReadIsWhatWasDrawnAndErrorsDoNotAddUp() {
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      Path2D path = new Path2D.Double();
      path.moveTo(random.nextGaussian(), 1000 * random.nextGaussian());
      for (int part = 0; part < 100; part++) {
        add(path, random);
      }

      List<Double> expected = places(path);
      List<Double> found = read(data(path));

      assertThat(found).hasSameSizeAs(expected);
      for (int place = 0; place < expected.size(); place++) {
        assertThat(found.get(place)).isCloseTo(expected.get(place), within(ROUNDING));
      }
    }
  }

  @Test
  void aPartThatLeadsNowhereIsLeftOut() {
    Path2D path = new Path2D.Double();
    path.moveTo(1, 1);
    path.lineTo(Double.NaN, 2);
    path.lineTo(2, 3);

    assertThat(data(path)).isEqualTo("m1 1l1 2");
    assertThat(data(new Line2D.Double(0, 0, 0, Double.POSITIVE_INFINITY))).isEqualTo("m0 0");
  }

  private static void add(Path2D path, Random random) {
    double[] at = random.doubles(6, -3, 3).toArray();
    switch (random.nextInt(5)) {
      case 0 -> path.moveTo(at[0], at[1]);
      case 1 -> path.quadTo(at[0], at[1], at[2], at[3]);
      case 2 -> path.curveTo(at[0], at[1], at[2], at[3], at[4], at[5]);
      case 3 -> path.closePath();
      default -> path.lineTo(at[0], at[1]);
    }
  }

  private static String data(Shape shape) {
    StringBuilder out = new StringBuilder();
    PathData.append(out, shape);
    return out.toString();
  }

  /** All places of a path, one after the other. */
  private static List<Double> places(Shape shape) {
    List<Double> places = new ArrayList<>();
    double[] at = new double[6];
    for (PathIterator part = shape.getPathIterator(null); !part.isDone(); part.next()) {
      int count =
          switch (part.currentSegment(at)) {
            case PathIterator.SEG_CLOSE -> 0;
            case PathIterator.SEG_QUADTO -> 4;
            case PathIterator.SEG_CUBICTO -> 6;
            default -> 2;
          };
      for (int i = 0; i < count; i++) {
        places.add(at[i]);
      }
    }
    return places;
  }

  /** The places that path data mean, as SVG 1.1 says. */
  private static List<Double> read(String data) {
    List<Double> places = new ArrayList<>();
    double[] pen = new double[2];
    double[] first = new double[2];
    Matcher commands = Pattern.compile("([mlqcz])([^mlqcz]*)").matcher(data);
    while (commands.find()) {
      double[] numbers =
          Pattern.compile("-?[0-9.]+")
              .matcher(commands.group(2))
              .results()
              .mapToDouble(number -> Double.parseDouble(number.group()))
              .toArray();
      String command = commands.group(1);
      int size = command.equals("c") ? 6 : command.equals("q") ? 4 : 2;
      for (int i = 0; i < numbers.length; i++) {
        places.add(pen[i % 2] + numbers[i]);
        if ((i + 1) % size == 0) {
          pen = new double[] {places.get(places.size() - 2), places.getLast()};
        }
      }
      if (command.equals("m")) {
        first = pen.clone();
      } else if (command.equals("z")) {
        pen = first.clone();
      }
    }
    return places;
  }
}
