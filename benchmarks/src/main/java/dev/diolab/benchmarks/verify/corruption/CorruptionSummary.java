package dev.diolab.benchmarks.verify.corruption;

import java.util.List;
import java.util.Map;

/**
 * What an attack with many damages showed.
 *
 * @param seed what the attack was made from
 * @param tried damages
 * @param refused damages that the check named and for which mount refused the image
 * @param named damages that the check named in an image that mount took
 * @param cleanBills damages with a clean bill, by the reason why that is right
 * @param failures damages that ended wrong
 * @param listed the first failures, each with what {@link CorruptionAttack#replay} needs
 */
public record CorruptionSummary(
    long seed,
    long tried,
    long refused,
    long named,
    Map<String, Long> cleanBills,
    long failures,
    List<String> listed) {

  /** Most failures that are listed. */
  public static final int MAX_LISTED = 20;

  /** Copies the collections. */
  public CorruptionSummary {
    cleanBills = Map.copyOf(cleanBills);
    listed = List.copyOf(listed);
  }

  /** Damages with a clean bill, whatever the reason. */
  public long legitimate() {
    return cleanBills.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Some lines for people. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%,d corruptions (seed %d): %,d refused by mount and named by check,"
                + " %,d named by check, %,d with a clean bill, %,d failures%n",
            tried, seed, refused, named, legitimate(), failures));
    cleanBills.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            bill ->
                text.append(
                    String.format("  clean bill, %,7d: %s%n", bill.getValue(), bill.getKey())));
    listed.forEach(failure -> text.append("  FAILURE ").append(failure).append('\n'));
    return text.toString();
  }
}
