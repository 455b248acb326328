package dev.diolab.results.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Stroke;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.internal.chartpart.Annotation;

/**
 * Upright bars in groups, each bar with the range of its rounds. Group <i>i</i> lies between
 * <i>i</i> and <i>i</i> + 1 on the horizontal axis, its name in the strip below 0 of the vertical
 * one. XChart's own bars know no ranges, and leave no room for names of many groups.
 */
final class GroupedBars extends Annotation {
  private static final Font NAME = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  private static final double GROUP_SHARE = 0.86;
  private static final double THICKEST = 40;
  private static final BasicStroke RANGE = new BasicStroke(1.2f);
  private static final BasicStroke OUTLINE = new BasicStroke(1.6f);
  private static final BasicStroke WHOLE = new BasicStroke(1.6f);
  private static final double LINE_HEIGHT = 18;

  /** More than is between 0 and the lower end of the vertical axis. */
  private static final double STRIP_HEIGHT = 60;

  /**
   * A bar.
   *
   * @param isHollow drawn as an outline only
   * @param low least value that the rounds allow
   * @param high most value that they allow
   */
  record Bar(Color color, boolean isHollow, double value, double low, double high) {}

  /** A group; null stands for a bar that is not there, so that the others keep their places. */
  record Group(String name, List<@Nullable Bar> bars) {}

  private final List<Group> groups;
  private final double whole;

  /** Draws a line at {@code whole}, which the bars are shares of. */
  GroupedBars(List<Group> groups, double whole) {
    super(false);
    this.groups = List.copyOf(groups);
    this.whole = whole;
    bounds = new Rectangle2D.Double();
  }

  @Override
  public void paint(Graphics2D g) {
    Object antialiasing = g.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
    Stroke stroke = g.getStroke();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    double bottom = getYAxisScreenValue(0);
    double left = getXAxisScreenValue(0);
    double groupWidth = (getXAxisScreenValue(groups.size()) - left) / groups.size();
    // the grid line at the lower end of the axis
    g.setColor(Palette.PAPER);
    g.fill(new Rectangle2D.Double(left - 1, bottom, groups.size() * groupWidth + 2, STRIP_HEIGHT));
    for (int i = 0; i < groups.size(); i++) {
      paint(g, groups.get(i), left + i * groupWidth, groupWidth, bottom);
    }
    g.setColor(Palette.INK);
    g.setStroke(WHOLE);
    double y = getYAxisScreenValue(whole);
    g.draw(new Line2D.Double(left, y, left + groups.size() * groupWidth, y));
    g.draw(new Line2D.Double(left, bottom, left + groups.size() * groupWidth, bottom));
    g.setStroke(stroke);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, antialiasing);
  }

  private void paint(Graphics2D g, Group group, double from, double width, double bottom) {
    double thickness = Math.min(THICKEST, width * GROUP_SHARE / group.bars().size());
    double middle = from + width / 2;
    double x = middle - thickness * group.bars().size() / 2;
    for (Bar bar : group.bars()) {
      if (bar != null) {
        paint(g, bar, x, thickness, bottom);
      }
      x += thickness;
    }
    name(g, group.name(), middle, bottom, width);
  }

  private void paint(Graphics2D g, Bar bar, double x, double thickness, double bottom) {
    double top = getYAxisScreenValue(bar.value());
    double gap = thickness > 6 ? 1 : 0.5;
    Rectangle2D shape =
        new Rectangle2D.Double(x + gap, top, thickness - 2 * gap, Math.max(0, bottom - top));
    g.setColor(bar.color());
    if (bar.isHollow()) {
      g.setStroke(OUTLINE);
      g.draw(shape);
    } else {
      g.fill(shape);
    }
    if (bar.high() > bar.low()) {
      g.setColor(Palette.INK);
      g.setStroke(RANGE);
      double at = x + thickness / 2;
      g.draw(
          new Line2D.Double(
              at, getYAxisScreenValue(bar.low()), at, getYAxisScreenValue(bar.high())));
    }
  }

  /**
   * The name in the middle, in two lines where it is too wide: broken at its last dash or space.
   */
  private static void name(
      Graphics2D g, String name, double middle, double bottom, double groupWidth) {
    int cut = Math.max(name.lastIndexOf('-'), name.lastIndexOf(' ')) + 1;
    boolean fits = layout(g, name).getAdvance() <= groupWidth;
    g.setColor(Palette.INK);
    if (fits || cut == 0) {
      line(g, name, middle, bottom + LINE_HEIGHT);
    } else {
      line(g, name.substring(0, cut).strip(), middle, bottom + LINE_HEIGHT);
      line(g, name.substring(cut), middle, bottom + 2 * LINE_HEIGHT);
    }
  }

  private static void line(Graphics2D g, String text, double middle, double baseline) {
    TextLayout layout = layout(g, text);
    double x = middle - layout.getAdvance() / 2;
    g.fill(layout.getOutline(AffineTransform.getTranslateInstance(x, baseline)));
  }

  private static TextLayout layout(Graphics2D g, String text) {
    return new TextLayout(text, NAME, g.getFontRenderContext());
  }
}
