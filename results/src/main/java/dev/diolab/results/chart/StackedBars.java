package dev.diolab.results.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Annotation;

/**
 * Horizontal bars of stacked parts, each with its name at the left and its figure at the end.
 * XChart stacks upright bars only, whose names have no room beside each other once there are many.
 */
final class StackedBars extends Annotation {
  private static final Font NAME = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
  private static final Font FIGURE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final double BAR_SHARE = 0.64;
  private static final double THICKEST = 54;
  private static final int GAP = 10;

  /** A part of a bar, in units of the horizontal axis. */
  record Part(Color color, double length) {}

  /** A bar, its name and its figure as text. */
  record Bar(String name, String figure, List<Part> parts) {}

  private final List<Bar> bars;

  /** The bars from top to bottom. */
  StackedBars(List<Bar> bars) {
    super(false);
    this.bars = List.copyOf(bars);
    bounds = new Rectangle2D.Double();
  }

  /** Pixels that the names need at the left of the plot. */
  int nameWidth() {
    FontRenderContext context = new FontRenderContext(null, true, false);
    return bars.stream()
        .mapToInt(bar -> (int) new TextLayout(bar.name(), NAME, context).getAdvance() + 2 * GAP)
        .max()
        .orElse(0);
  }

  @Override
  public void paint(Graphics2D g) {
    Object before = g.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    // In XChart "min" of the vertical axis is the smaller pixel: the top.
    double top = getYAxisScreenValueForMin();
    double rowHeight = (getYAxisScreenValueForMax() - top) / bars.size();
    double thickness = Math.min(THICKEST, rowHeight * BAR_SHARE);
    for (int i = 0; i < bars.size(); i++) {
      paint(g, bars.get(i), top + (i + 0.5) * rowHeight, thickness);
    }
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, before);
  }

  private void paint(Graphics2D g, Bar bar, double middle, double thickness) {
    double sum = 0;
    for (Part part : bar.parts()) {
      int from = getXAxisScreenValue(sum);
      sum += part.length();
      int to = getXAxisScreenValue(sum);
      g.setColor(part.color());
      g.fill(new Rectangle2D.Double(from, middle - thickness / 2, to - from, thickness));
    }
    g.setColor(Palette.INK);
    TextLayout name = new TextLayout(bar.name(), NAME, g.getFontRenderContext());
    text(g, name, getXAxisScreenValue(0) - GAP - name.getAdvance(), middle);
    TextLayout figure = new TextLayout(bar.figure(), FIGURE, g.getFontRenderContext());
    text(g, figure, getXAxisScreenValue(sum) + (double) GAP, middle);
  }

  private static void text(Graphics2D g, TextLayout text, double x, double middle) {
    double baseline = middle + text.getAscent() * 0.36;
    g.fill(text.getOutline(AffineTransform.getTranslateInstance(x, baseline)));
  }
}
