package dev.diolab.results.chart;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Image;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.ImageObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a chart draws, so that XChart lays it out once for all formats. XChart draws text
 * as shapes too; images it draws for formulas only, which no chart has. Not thread-safe.
 */
final class Recorder extends VectorGraphics2D {
  private final List<Ink> inks = new ArrayList<>();

  /** What was drawn, in the order of drawing; what is wholly transparent is left out. */
  List<Ink> inks() {
    return List.copyOf(inks);
  }

  @Override
  public void fill(Shape shape) {
    add(shape, null);
  }

  @Override
  public void draw(Shape shape) {
    Stroke stroke = getStroke();
    add(shape, stroke instanceof BasicStroke basic ? basic : new BasicStroke());
  }

  private void add(Shape shape, @Nullable BasicStroke stroke) {
    Color color = getColor();
    if (color.getAlpha() > 0) {
      AffineTransform place = getTransform();
      inks.add(new Ink(placed(shape, place), color, stroke, clip(place)));
    }
  }

  /** A copy, because XChart moves some shapes on after drawing them. */
  private static Shape placed(Shape shape, AffineTransform place) {
    return place.isIdentity() && shape instanceof Rectangle2D rectangle
        ? copy(rectangle)
        : new Path2D.Double(shape, place);
  }

  private @Nullable Rectangle2D clip(AffineTransform place) {
    Shape clip = getClip();
    return clip == null ? null : copy(place.createTransformedShape(clip).getBounds2D());
  }

  private static Rectangle2D copy(Rectangle2D rectangle) {
    return new Rectangle2D.Double(
        rectangle.getX(), rectangle.getY(), rectangle.getWidth(), rectangle.getHeight());
  }

  @Override
  public void drawString(String text, float x, float y) {
    throw new UnsupportedOperationException("a chart draws its text as shapes: " + text);
  }

  @Override
  public boolean drawImage(
      Image image,
      int x,
      int y,
      int width,
      int height,
      @Nullable Color background,
      @Nullable ImageObserver observer) {
    throw new UnsupportedOperationException(
        "a chart draws no image: " + new Rectangle(x, y, width, height));
  }
}
