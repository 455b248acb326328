package dev.diolab.benchmarks.verify.kill;

import java.nio.file.Path;
import java.util.List;

/**
 * What an attack is told.
 *
 * @param bench the command line that begins a bench, up to and with the verb
 * @param image where the image is made for each kill; nothing may be there
 * @param times how many kills
 * @param seed chooses what is measured and the moments
 */
public record KillRequest(List<String> bench, Path image, int times, long seed) {
  /** Copies the list. */
  public KillRequest {
    bench = List.copyOf(bench);
  }

  /** Where everything besides the image lies meanwhile. */
  Path scratch() {
    return image.resolveSibling(image.getFileName() + ".kill");
  }

  /** Where an image that a kill left damaged is kept, as it was left. */
  public Path evidence(int number) {
    return image.resolveSibling(image.getFileName() + ".kill-" + number);
  }
}
