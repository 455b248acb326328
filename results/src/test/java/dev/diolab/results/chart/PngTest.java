package dev.diolab.results.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {
  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    BufferedImage picture = new BufferedImage(301, 97, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(5);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        picture.setRGB(x, y, x < 200 ? 0x0072B2 : random.nextInt(1 << 24));
      }
    }

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.of(picture)));

    assertThat(read.getWidth()).isEqualTo(301);
    assertThat(read.getHeight()).isEqualTo(97);
    assertThat(pixels(read)).isEqualTo(pixels(picture));
  }

  private static int[] pixels(BufferedImage picture) {
    int width = picture.getWidth();
    return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
  }
}
