package dev.diolab.benchmarks.verify.mutant;

import dev.diolab.benchmarks.verify.history.Claim;
import java.util.Set;

/**
 * The real code with exactly one plausible mistake.
 *
 * @param name the mistake
 * @param file path of the changed source below a module's source directory
 * @param original what is replaced; stands in the file exactly once, with any white space
 * @param replacement what stands there in the mutant
 * @param expected the mistake is found when one of these breaks
 * @param attack what finds it
 */
public record Mutant(
    String name,
    String file,
    String original,
    String replacement,
    Set<Claim> expected,
    Attack attack) {

  /** What the verifier does to find a mutant. */
  public enum Attack {
    /** The crash states of recorded workloads. */
    CRASH,
    /** Damage to the metadata of sound images. */
    CORRUPTION
  }

  /** A short name for a directory. */
  String directory() {
    return name.replaceAll("[^A-Za-z0-9]+", "-");
  }

  @Override
  public String toString() {
    return name;
  }
}
