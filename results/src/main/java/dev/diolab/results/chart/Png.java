package dev.diolab.results.chart;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a picture as PNG (ISO/IEC 15948): true colour of eight bits, each line as its difference
 * to the one above (filter 2, Up). ImageIO tries all five filters on each line, which takes most of
 * its time, and a chart is mostly flat colours.
 */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int HEADER_BYTES = 13;
  private static final byte BITS = 8;
  private static final byte TRUE_COLOUR = 2;
  private static final int BYTES_PER_PIXEL = 3;

  /** The filter that takes from each byte the one above. */
  private static final byte UP = 2;

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

  /**
   * The bytes of all pixels, each line after the number of its filter. A line that is as the one
   * above, as most of a chart are, is all zeros then.
   */
  private static byte[] lines(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    byte[] lines = new byte[height * (1 + BYTES_PER_PIXEL * width)];
    int[] above = new int[width];
    int[] line = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      picture.getRaster().getDataElements(0, y, width, 1, line);
      lines[at] = UP;
      if (!Arrays.equals(line, above)) {
        differences(line, above, lines, at + 1);
      }
      at += 1 + BYTES_PER_PIXEL * width;
      int[] done = above;
      above = line;
      line = done;
    }
    return lines;
  }

  /** Leaves the zeros of what is equal. */
  private static void differences(int[] line, int[] above, byte[] to, int from) {
    for (int x = 0; x < line.length; x++) {
      if (line[x] != above[x]) {
        int at = from + BYTES_PER_PIXEL * x;
        to[at] = (byte) ((line[x] >> 16) - (above[x] >> 16));
        to[at + 1] = (byte) ((line[x] >> 8) - (above[x] >> 8));
        to[at + 2] = (byte) (line[x] - above[x]);
      }
    }
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
