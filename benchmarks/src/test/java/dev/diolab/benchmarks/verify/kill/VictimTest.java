package dev.diolab.benchmarks.verify.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VictimTest {
  @Test
  void benchThatIsKilledAfterItsWorkHasNoTrialToLookFor(@TempDir Path directory) throws Exception {
    try (Victim victim =
        Victim.start(List.of("sleep", "600"), directory.resolve("log"), directory.resolve("run"))) {
      assertThat(victim.killAfter(Duration.ZERO)).isTrue();
      assertThat(victim.trial()).isEmpty();
    }
  }
}
