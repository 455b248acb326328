package dev.diolab.results.chart;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.io.IOException;

/** Charts have text, and a Java without a display may still lack the fonts for it. */
final class Fonts {
  private Fonts() {}

  /**
   * Finds out before anything is drawn.
   *
   * @throws IOException if no text can be drawn here; the message has the remedy
   */
  static void require() throws IOException {
    require(
        () ->
            new TextLayout(
                    "ops/s",
                    new Font(Font.SANS_SERIF, Font.PLAIN, 12),
                    new FontRenderContext(null, true, false))
                .getBounds());
  }

  static void require(Runnable measureText) throws IOException {
    try {
      measureText.run();
    } catch (RuntimeException | InternalError | LinkageError e) {
      throw new IOException(
          "Charts cannot be drawn, because Java finds no fonts here (%s); install fontconfig and a"
                  .formatted(e.getMessage())
              + " font, on Debian: apt-get install fontconfig fonts-dejavu-core",
          e);
    }
  }
}
