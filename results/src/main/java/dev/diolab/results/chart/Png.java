package dev.diolab.results.chart;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a picture as PNG (ISO/IEC 15948): true colour of eight bits, lines without a filter.
 * ImageIO tries all five filters on each line, which takes most of its time, and flat colours as
 * those of a chart need none.
 */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int HEADER_BYTES = 13;
  private static final byte BITS = 8;
  private static final byte TRUE_COLOUR = 2;
  private static final int BYTES_PER_PIXEL = 3;
  private static final int BUFFER_BYTES = 1 << 16;

  private Png() {}

  /**
   * The whole file.
   *
   * @param picture of one of the types with an {@code int} for each pixel; what is transparent
   *     becomes opaque
   */
  static byte[] of(BufferedImage picture) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putInt(picture.getWidth()).putInt(picture.getHeight()).put(BITS).put(TRUE_COLOUR);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    chunk(out, "IHDR", header.array());
    chunk(out, "IDAT", deflated(lines(picture)));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  /** The bytes of all pixels, each line after a zero: no filter. */
  private static byte[] lines(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    byte[] lines = new byte[height * (1 + BYTES_PER_PIXEL * width)];
    int[] line = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      picture.getRaster().getDataElements(0, y, width, 1, line);
      at++;
      for (int pixel : line) {
        lines[at++] = (byte) (pixel >> 16);
        lines[at++] = (byte) (pixel >> 8);
        lines[at++] = (byte) pixel;
      }
    }
    return lines;
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream out, String name, byte[] contents) {
    byte[] type = name.getBytes(US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(type);
    sum.update(contents);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(contents.length).array());
    out.writeBytes(type);
    out.writeBytes(contents);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
  }
}
