package dev.diolab.results.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private final Recorder recorder = new Recorder();

  @Test
  void shapesStayWhereTheyWereDrawn() {
    Line2D line = new Line2D.Double(0, 0, 1, 0);
    recorder.setColor(Color.BLUE);
    recorder.setStroke(new BasicStroke(3));
    recorder.draw(line);
    line.setLine(5, 5, 6, 6);
    recorder.translate(10, 20);
    recorder.fill(new Rectangle2D.Double(0, 0, 4, 4));

    assertThat(recorder.inks()).hasSize(2);
    Ink first = recorder.inks().getFirst();
    assertThat(first.shape().getBounds2D()).isEqualTo(new Rectangle2D.Double(0, 0, 1, 0));
    assertThat(first.color()).isEqualTo(Color.BLUE);
    assertThat(first.stroke()).isEqualTo(new BasicStroke(3));
    Ink last = recorder.inks().getLast();
    assertThat(last.shape().getBounds2D()).isEqualTo(new Rectangle2D.Double(10, 20, 4, 4));
    assertThat(last.stroke()).isNull();
    assertThat(last.clip()).isNull();
  }

  @Test
  void whatIsClippedIsSo() {
    recorder.translate(10, 20);
    recorder.setClip(new Rectangle2D.Double(0, 0, 4, 4));
    recorder.fillRect(1, 1, 9, 9);
    recorder.setClip(null);
    recorder.fillRect(1, 1, 9, 9);

    assertThat(recorder.inks().getFirst().clip()).isEqualTo(new Rectangle2D.Double(10, 20, 4, 4));
    assertThat(recorder.inks().getLast().clip()).isNull();
  }

  @Test
  void whatCannotBeSeenIsLeftOut() {
    recorder.setColor(new Color(255, 255, 255, 0));
    recorder.drawLine(0, 0, 5, 5);

    assertThat(recorder.inks()).isEmpty();
  }

  @Test
  void whatIsNoShapeIsRefused() {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> recorder.drawString("ops/s", 0, 0))
        .withMessageContaining("ops/s");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> recorder.drawImage(image, 0, 0, null));
  }
}
