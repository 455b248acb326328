package dev.diolab.results.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chart as SVG text, once for a file of its own and once for the inside of a page, where it
 * scales with the page and takes the page's colours.
 */
public final class Svg {
  private static final float DEFAULT_MITER_LIMIT = 4;
  private static final int OPAQUE = 255;

  private final String name;
  private final String title;
  private final String body;

  private Svg(String name, String title, String body) {
    this.name = name;
    this.title = title;
    this.body = body;
  }

  /**
   * Writes what a chart draws.
   *
   * @param name unique within a page; begins the names of what the chart refers to
   */
  static Svg of(List<Ink> inks, String name, String title) {
    return new Svg(name, title, new Body(name).of(inks));
  }

  /** A file of its own. */
  public String file() {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="%d" height="%d" viewBox="0 0 %d %d">
        <title>%s</title>
        %s</svg>
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
        %s</svg>
        """
        .formatted(name, Style.WIDTH, Style.HEIGHT, name, escape(title), themed);
  }

  private static String rgb(Color color) {
    return "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The elements; those that are clipped alike stand in a group. */
  private static final class Body {
    private final String name;
    private final StringBuilder out = new StringBuilder();
    private final Map<Rectangle2D, String> clips = new LinkedHashMap<>();

    Body(String name) {
      this.name = name;
    }

    String of(List<Ink> inks) {
      Rectangle2D clip = null;
      for (Ink ink : inks) {
        if (!Objects.equals(clip, ink.clip())) {
          out.append(clip == null ? "" : "</g>\n");
          clip = ink.clip();
          begin(clip);
        }
        element(ink);
      }
      out.append(clip == null ? "" : "</g>\n");
      return definitions() + out;
    }

    private void begin(@Nullable Rectangle2D clip) {
      if (clip != null) {
        String id = clips.computeIfAbsent(clip, any -> "clip-" + name + "-" + (clips.size() + 1));
        out.append("<g clip-path=\"url(#").append(id).append(")\">\n");
      }
    }

    private String definitions() {
      StringBuilder definitions = new StringBuilder();
      clips.forEach(
          (clip, id) -> {
            definitions.append("<clipPath id=\"").append(id).append("\"><rect");
            bounds(definitions, clip);
            definitions.append("/></clipPath>\n");
          });
      return definitions.isEmpty() ? "" : "<defs>\n" + definitions + "</defs>\n";
    }

    private void element(Ink ink) {
      if (ink.shape() instanceof Rectangle2D rectangle) {
        out.append("<rect");
        bounds(out, rectangle);
      } else {
        out.append("<path d=\"");
        PathData.append(out, ink.shape());
        out.append('"');
      }
      out.append(" style=\"");
      BasicStroke stroke = ink.stroke();
      if (stroke == null) {
        paint("fill", ink.color());
      } else {
        out.append("fill:none;");
        paint("stroke", ink.color());
        stroke(stroke);
      }
      out.append("\"/>\n");
    }

    private static void bounds(StringBuilder out, Rectangle2D rectangle) {
      attribute(out, "x", rectangle.getX());
      attribute(out, "y", rectangle.getY());
      attribute(out, "width", rectangle.getWidth());
      attribute(out, "height", rectangle.getHeight());
    }

    private static void attribute(StringBuilder out, String attribute, double value) {
      out.append(' ').append(attribute).append("=\"");
      PathData.number(out, value);
      out.append('"');
    }

    private void paint(String property, Color color) {
      out.append(property).append(':').append(rgb(color)).append(';');
      if (color.getAlpha() < OPAQUE) {
        number(property + "-opacity", (double) color.getAlpha() / OPAQUE);
      }
    }

    private void stroke(BasicStroke stroke) {
      number("stroke-width", stroke.getLineWidth());
      switch (stroke.getEndCap()) {
        case BasicStroke.CAP_ROUND -> out.append("stroke-linecap:round;");
        case BasicStroke.CAP_SQUARE -> out.append("stroke-linecap:square;");
        default -> {}
      }
      switch (stroke.getLineJoin()) {
        case BasicStroke.JOIN_ROUND -> out.append("stroke-linejoin:round;");
        case BasicStroke.JOIN_BEVEL -> out.append("stroke-linejoin:bevel;");
        default -> miterLimit(stroke.getMiterLimit());
      }
      float[] dashes = stroke.getDashArray();
      if (dashes != null) {
        dashes(dashes, stroke.getDashPhase());
      }
    }

    private void miterLimit(float limit) {
      if (limit != DEFAULT_MITER_LIMIT) {
        number("stroke-miterlimit", limit);
      }
    }

    private void dashes(float[] dashes, float phase) {
      out.append("stroke-dasharray:");
      for (int i = 0; i < dashes.length; i++) {
        out.append(i == 0 ? "" : ",");
        PathData.number(out, dashes[i]);
      }
      out.append(';');
      if (phase != 0) {
        number("stroke-dashoffset", phase);
      }
    }

    private void number(String property, double value) {
      out.append(property).append(':');
      PathData.number(out, value);
      out.append(';');
    }
  }
}
