package dev.diolab.results.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.internal.chartpart.Annotation;
import org.knowm.xchart.internal.chartpart.AxesChart;

/**
 * Two lines at the top left: the question that a chart answers, and of what. XChart's own title is
 * one line in the middle of the plot, which a long one overflows.
 */
final class Heading extends Annotation {
  private static final Font QUESTION = new Font(Font.SANS_SERIF, Font.BOLD, 23);
  private static final Font SUBJECT = new Font(Font.SANS_SERIF, Font.PLAIN, 18);
  private static final int LEFT = 20;
  private static final int QUESTION_BASELINE = 40;
  private static final int SUBJECT_BASELINE = 68;

  /** Half of the height that the chart must keep free. */
  private static final int HALF_HEIGHT = 34;

  private final String question;
  private final String subject;

  private Heading(String question, String subject) {
    super(true);
    this.question = question;
    this.subject = subject;
    bounds = new Rectangle2D.Double();
  }

  static void put(AxesChart<?, ?> chart, String question, String subject) {
    // A title of a space and its padding keep the room free.
    chart.setTitle(" ");
    chart.getStyler().setChartTitlePadding(HALF_HEIGHT);
    chart.addAnnotation(new Heading(question, subject));
  }

  @Override
  public void paint(Graphics2D g) {
    Object before = g.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Palette.INK);
    line(g, question, QUESTION, QUESTION_BASELINE);
    line(g, subject, SUBJECT, SUBJECT_BASELINE);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, before);
  }

  private static void line(Graphics2D g, String text, Font font, int baseline) {
    TextLayout layout = new TextLayout(text, font, g.getFontRenderContext());
    g.fill(layout.getOutline(AffineTransform.getTranslateInstance(LEFT, baseline)));
  }
}
