package dev.diolab.benchmarks.verify.history;

import dev.diolab.engine.locking.Guarantee;
import java.util.Set;

/** What the verifier attacks: that the image stays sound, and the guarantees. */
public enum Claim {
  /** After a crash the image mounts, and fsck finds nothing. Every strategy owes this. */
  IMAGE("image"),
  /** {@link Guarantee#G1}. */
  G1("G1"),
  /** {@link Guarantee#G2}. */
  G2("G2"),
  /** {@link Guarantee#G3}. */
  G3("G3"),
  /** {@link Guarantee#G4}; every operation here is synchronous, so it is attacked as such. */
  G4("G4"),
  /** {@link Guarantee#G5}. */
  G5("G5"),
  /** {@link Guarantee#G6}. */
  G6("G6"),
  /** {@link Guarantee#G7}. */
  G7("G7"),
  /** {@link Guarantee#G8}. */
  G8("G8");

  private final String label;

  Claim(String label) {
    this.label = label;
  }

  /** Its name in tables and files. */
  public String label() {
    return label;
  }

  /** Whether who declares {@code guarantees} owes this. */
  public boolean isIn(Set<Guarantee> guarantees) {
    return this == IMAGE || guarantees.contains(Guarantee.valueOf(name()));
  }
}
