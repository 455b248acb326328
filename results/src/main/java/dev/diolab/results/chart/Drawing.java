package dev.diolab.results.chart;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.internal.chartpart.AxesChart;

/**
 * A chart that is ready to be written. Not thread-safe: XChart keeps the state of drawing in the
 * chart.
 */
public final class Drawing {
  private final String name;
  private final String title;
  private final AxesChart<?, ?> chart;
  private @Nullable Drawn drawn;

  private static final class Drawn {
    private final Svg svg;
    private final byte[] png;

    Drawn(Svg svg, byte[] png) {
      this.svg = svg;
      this.png = png;
    }
  }

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

  /** As SVG; refers to nothing outside. */
  public Svg svg() {
    return drawn().svg;
  }

  /** As PNG, 1200 by 700 pixels. */
  public byte[] png() {
    return drawn().png.clone();
  }

  /** Draws it in both formats if that is not done yet. */
  private Drawn drawn() {
    if (drawn == null) {
      Recorder recorder = new Recorder();
      chart.paint(recorder, Style.WIDTH, Style.HEIGHT);
      List<Ink> inks = recorder.inks();
      drawn = new Drawn(Svg.of(inks, name, title), Png.of(picture(inks)));
    }
    return drawn;
  }

  private static BufferedImage picture(List<Ink> inks) {
    BufferedImage picture =
        new BufferedImage(Style.WIDTH, Style.HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    inks.forEach(ink -> ink.drawOn(graphics));
    graphics.dispose();
    return picture;
  }
}
