package dev.diolab.results.report;

import dev.diolab.results.compare.Subject;
import dev.diolab.results.run.RunFile;
import java.util.List;
import java.util.Optional;

/** What a report says where the disk of a run was emulated. */
final class EmulatedDisks {
  private EmulatedDisks() {}

  /** The disks, such as {@code EMULATED hdd}; empty where none was emulated. */
  static Optional<String> names(RunFile run) {
    List<String> names =
        run.cells().stream()
            .map(cell -> Subject.of(cell.key()))
            .filter(Subject::isEmulated)
            .map(Subject::deviceName)
            .distinct()
            .toList();
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
  }

  /** The warning that goes with them. */
  static Optional<String> warning(RunFile run) {
    return names(run)
        .map(
            names ->
                "%s: the times of the disk are those of a model, not measured on a disk."
                        .formatted(names)
                    + " They answer what if, not how fast; the parameters of the model stand in"
                    + " the environment.");
  }
}
