package dev.diolab.benchmarks.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingFallbackTest {
  private final List<String> notices = new ArrayList<>();

  @Test
  void threadsTakeThePlaceOfRingsThatAreNotPermittedAndThatIsSaid() {
    String why = "a seccomp filter forbids it";
    assertThat(RingFallback.permitted(ImageDevice.URING, why, notices::add))
        .isEqualTo(ImageDevice.FILE);
    assertThat(notices)
        .containsExactly(
            "--device uring cannot be used here: a seccomp filter forbids it; --device file takes"
                + " its place, and stands in the results");
  }

  @Test
  void whatIsPermittedServesWithoutANotice() {
    assertThat(RingFallback.permitted(ImageDevice.URING, null, notices::add))
        .isEqualTo(ImageDevice.URING);
    assertThat(RingFallback.permitted(ImageDevice.FILE, notices::add)).isEqualTo(ImageDevice.FILE);
    assertThat(notices).isEmpty();
  }
}
