package dev.diolab.results.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a chart draws: the area of a shape, or its outline.
 *
 * @param shape in pixels of the chart; nobody changes it any more
 * @param stroke of the outline; none for the area
 * @param clip what lies outside is not seen; none for all of the chart
 */
record Ink(Shape shape, Color color, @Nullable BasicStroke stroke, @Nullable Rectangle2D clip) {

  /** Draws it, and leaves its clip and colour behind. */
  void drawOn(Graphics2D graphics) {
    graphics.setClip(clip);
    graphics.setColor(color);
    if (stroke == null) {
      graphics.fill(shape);
    } else {
      graphics.setStroke(stroke);
      graphics.draw(shape);
    }
  }
}
