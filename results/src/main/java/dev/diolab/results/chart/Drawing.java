package dev.diolab.results.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.AxesChart;

/**
 * A chart that is ready to be written. Not thread-safe: XChart keeps the state of drawing in the
 * chart.
 */
public final class Drawing {
  private final String name;
  private final String title;
  private final AxesChart<?, ?> chart;
  private @Nullable Svg svg;

  /**
   * A chart with its heading.
   *
   * @param note what the reader must know of the drawing; may be empty
   */
  Drawing(String name, String question, String subject, String note, AxesChart<?, ?> chart) {
    Heading.put(chart, question, note.isEmpty() ? subject : subject + "; " + note);
    this.name = name;
    this.title = subject + ": " + question;
    this.chart = chart;
  }

  /** The name of its files without the ending, e.g. {@code latency-page-overwrite-4k-write-16t}. */
  public String name() {
    return name;
  }

  /** What it shows, and the question that it answers. */
  public String title() {
    return title;
  }

  /** Draws it as SVG; refers to nothing outside. */
  public Svg svg() throws IOException {
    if (svg == null) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ChartEncoder.saveChart(chart, out, "svg");
      svg = Svg.of(out.toString(UTF_8), name, title);
    }
    return svg;
  }

  /** Draws it as PNG, 1200 by 700 pixels. */
  public byte[] png() {
    return Png.of(BitmapEncoder.getBufferedImage(chart));
  }
}
