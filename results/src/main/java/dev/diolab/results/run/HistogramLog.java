package dev.diolab.results.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.BiConsumer;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Reads the log format of HdrHistogram, version 1.3: after comments a line for each interval,
 * {@code [Tag=TAG,]START,LENGTH,MAXIMUM,HISTOGRAM}, with times in seconds and the histogram
 * compressed in base 64. HdrHistogram's own reader takes the lines apart by regular expressions,
 * which takes most of the time of reading a run.
 */
final class HistogramLog {
  private static final String BASE_TIME = "#[BaseTime: ";
  private static final String TAG = "Tag=";
  private static final double MILLIS_PER_SECOND = 1000;

  private final BiConsumer<String, Histogram> intervals;
  private double baseSeconds;

  private HistogramLog(BiConsumer<String, Histogram> intervals) {
    this.intervals = intervals;
  }

  /**
   * Gives each interval with its tag, empty if it has none, in the order of the file.
   *
   * @throws IOException if the file cannot be read
   * @throws DataFormatException if a histogram is damaged
   * @throws RuntimeException of several kinds if anything else is
   */
  static void read(Path file, BiConsumer<String, Histogram> intervals)
      throws IOException, DataFormatException {
    HistogramLog log = new HistogramLog(intervals);
    for (String line : new String(Files.readAllBytes(file), ISO_8859_1).lines().toList()) {
      log.line(line);
    }
  }

  private void line(String line) throws DataFormatException {
    if (line.startsWith(BASE_TIME)) {
      int end = line.indexOf(' ', BASE_TIME.length());
      baseSeconds = Double.parseDouble(line.substring(BASE_TIME.length(), end));
    } else if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != '"') {
      interval(line);
    }
  }

  private void interval(String line) throws DataFormatException {
    boolean isTagged = line.startsWith(TAG);
    int start = isTagged ? line.indexOf(',') + 1 : 0;
    int length = line.indexOf(',', start) + 1;
    int maximum = line.indexOf(',', length) + 1;
    int contents = line.indexOf(',', maximum) + 1;
    double from = baseSeconds + Double.parseDouble(line.substring(start, length - 1));
    double to = from + Double.parseDouble(line.substring(length, maximum - 1));
    byte[] compressed = Base64.getDecoder().decode(line.substring(contents));
    Histogram histogram = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(compressed), 0);
    String tag = isTagged ? line.substring(TAG.length(), start - 1) : "";
    histogram.setTag(tag);
    histogram.setStartTimeStamp((long) (from * MILLIS_PER_SECOND));
    histogram.setEndTimeStamp((long) (to * MILLIS_PER_SECOND));
    intervals.accept(tag, histogram);
  }
}
