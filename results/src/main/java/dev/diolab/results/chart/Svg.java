package dev.diolab.results.chart;

import java.awt.Color;
import java.util.regex.Pattern;

/**
 * A chart as SVG text, once for a file of its own and once for the inside of a page, where it
 * scales with the page and takes the page's colours.
 */
public final class Svg {
  private static final Pattern PROLOGUE = Pattern.compile("^.*?(?=<svg)", Pattern.DOTALL);
  private static final Pattern ROOT = Pattern.compile("<svg\\b[^>]*>");
  private static final int LONG_FRACTION_DIGITS = 3;
  private static final Pattern CLIP_ID = Pattern.compile("clip(-?\\d+)");

  private final String name;
  private final String title;
  private final String body;

  private Svg(String name, String title, String body) {
    this.name = name;
    this.title = title;
    this.body = body;
  }

  /**
   * Tidies what VectorGraphics2D wrote: no document type, which names a host, and short numbers.
   */
  static Svg of(String raw, String name, String title) {
    String root = PROLOGUE.matcher(raw).replaceFirst("");
    String body = ROOT.matcher(root).replaceFirst("").strip();
    String unique = CLIP_ID.matcher(rounded(body)).replaceAll("clip-" + name + "$1");
    return new Svg(name, title, unique);
  }

  /** A file of its own. */
  public String file() {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="%d" height="%d" viewBox="0 0 %d %d">
        <title>%s</title>
        %s
        """
        .formatted(Style.WIDTH, Style.HEIGHT, Style.WIDTH, Style.HEIGHT, escape(title), body);
  }

  /**
   * An element of an HTML page. Text, background and grid have the colours of the custom properties
   * {@code --chart-ink}, {@code --chart-paper} and {@code --chart-grid}.
   */
  public String inline() {
    String themed =
        body.replace(rgb(Palette.INK), "var(--chart-ink)")
            .replace(rgb(Palette.PAPER), "var(--chart-paper)")
            .replace(rgb(Palette.GRID), "var(--chart-grid)");
    return """
        <svg class="chart" role="img" aria-labelledby="title-%s" viewBox="0 0 %d %d">
        <title id="title-%s">%s</title>
        %s
        """
        .formatted(name, Style.WIDTH, Style.HEIGHT, name, escape(title), themed);
  }

  /**
   * Rounds numbers with three and more digits behind the point to hundredths. Text is drawn as
   * paths, so a chart has tens of thousands of numbers; a regular expression takes most of the time
   * of a chart to find them.
   */
  static String rounded(String text) {
    StringBuilder rounded = new StringBuilder(text.length());
    int copied = 0;
    for (int point = text.indexOf('.'); point >= 0; point = text.indexOf('.', point + 1)) {
      int fraction = point + 1;
      int whole = wholeFrom(text, point, copied);
      int end = digitsEnd(text, fraction);
      if (whole < point && end - fraction >= LONG_FRACTION_DIGITS) {
        int from = whole > copied && text.charAt(whole - 1) == '-' ? whole - 1 : whole;
        end = exponentEnd(text, end);
        rounded.append(text, copied, from).append(round(text.substring(from, end)));
        copied = end;
      }
    }
    return rounded.append(text, copied, text.length()).toString();
  }

  /** Where the digits before the point begin, not before {@code least}. */
  private static int wholeFrom(String text, int point, int least) {
    int from = point;
    while (from > least && isDigit(text, from - 1)) {
      from--;
    }
    return from;
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (isDigit(text, end)) {
      end++;
    }
    return end;
  }

  /** Where an exponent ends that begins here; here if there is none. */
  private static int exponentEnd(String text, int from) {
    if (!text.startsWith("E", from)) {
      return from;
    }
    int digits = text.startsWith("-", from + 1) ? from + 2 : from + 1;
    int end = digitsEnd(text, digits);
    return end > digits ? end : from;
  }

  private static boolean isDigit(String text, int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private static String round(String number) {
    long hundredths = Math.round(Double.parseDouble(number) * 100);
    long rest = Math.abs(hundredths % 100);
    String whole = (hundredths < 0 ? "-" : "") + Math.abs(hundredths / 100);
    return rest == 0 ? whole : whole + (rest < 10 ? ".0" : ".") + rest;
  }

  private static String rgb(Color color) {
    return "rgb(%d,%d,%d)".formatted(color.getRed(), color.getGreen(), color.getBlue());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
