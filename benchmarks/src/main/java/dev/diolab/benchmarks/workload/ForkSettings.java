package dev.diolab.benchmarks.workload;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.diolab.benchmarks.image.ImageDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a fork must know besides its JMH parameters; handed over in a file that the system property
 * {@value #PROPERTY} names.
 *
 * @param image the image to run on; null for heap memory and for an emulated disk
 * @param device which device serves the image; plays no part on heap memory
 * @param diskBytes size of the emulated disk; 0 for an image and for heap memory
 * @param blockBytes block size of the volume
 * @param seed of all random choices of this fork; the same for all cells that are compared
 * @param trial marks what this fork writes; unlike that of any other fork
 * @param fileBytes size of the test file
 * @param reuseFile whether the image holds the test file of an earlier fork, all written
 * @param verifyBytes how much of it is read back and checked at the end, at most
 * @param result base name of the files that take the result
 * @param openLoop how operations arrive; null for a closed loop
 */
public record ForkSettings(
    @Nullable String image,
    ImageDevice device,
    long diskBytes,
    int blockBytes,
    long seed,
    long trial,
    long fileBytes,
    boolean reuseFile,
    long verifyBytes,
    String result,
    @Nullable OpenLoopSettings openLoop) {

  /** System property of the fork with the path of its settings. */
  public static final String PROPERTY = "diolab.fork";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Settings of a closed loop on an image or on heap memory. */
  public ForkSettings(
      @Nullable String image,
      ImageDevice device,
      int blockBytes,
      long seed,
      long trial,
      long fileBytes,
      boolean reuseFile,
      long verifyBytes,
      String result) {
    this(
        image, device, 0, blockBytes, seed, trial, fileBytes, reuseFile, verifyBytes, result, null);
  }

  /** The settings of this JVM. */
  static ForkSettings load() {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      throw new IllegalStateException(
          "this benchmark is started by `diolab bench`, which sets -D" + PROPERTY);
    }
    try {
      return read(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the settings of a fork. */
  public static ForkSettings read(Path file) throws IOException {
    return MAPPER.readValue(file.toFile(), ForkSettings.class);
  }

  /** Writes the settings for a fork to read. */
  public void store(Path file) throws IOException {
    MAPPER.writeValue(file.toFile(), this);
  }
}
