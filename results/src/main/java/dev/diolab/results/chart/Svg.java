package dev.diolab.results.chart;

import java.awt.Color;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A chart as SVG text, once for a file of its own and once for the inside of a page, where it
 * scales with the page and takes the page's colours.
 */
public final class Svg {
  private static final Pattern PROLOGUE = Pattern.compile("^.*?(?=<svg)", Pattern.DOTALL);
  private static final Pattern ROOT = Pattern.compile("<svg\\b[^>]*>");
  private static final Pattern LONG_FRACTION = Pattern.compile("(-?\\d+)\\.(\\d{3,})(E-?\\d+)?");
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
    String rounded = LONG_FRACTION.matcher(body).replaceAll(Svg::round);
    String unique = CLIP_ID.matcher(rounded).replaceAll("clip-" + name + "$1");
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

  /** Text is drawn as paths, so a chart has tens of thousands of numbers. */
  private static String round(MatchResult number) {
    long hundredths = Math.round(Double.parseDouble(number.group()) * 100);
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
