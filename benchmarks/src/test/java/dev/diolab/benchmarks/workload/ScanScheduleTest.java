package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScanScheduleTest {
  private static final int WRITES = 800;
  private static final int WRITERS = 3;

  @Test
  void scansEverySecondPeriodAndNoOther() throws Exception {
    ScanSchedule schedule = new ScanSchedule(WRITES);
    List<Integer> scanned = new ArrayList<>();
    AtomicInteger left = new AtomicInteger(WRITES);

    Workers.run(
        WRITERS + 1,
        index -> {
          if (index == WRITERS) {
            scan(schedule, scanned);
          } else {
            while (left.getAndDecrement() > 0) {
              schedule.nextWrite();
            }
          }
        });

    assertThat(scanned).containsExactly(1, 3, 5, 7);
  }

  @Test
  void truncatesOnceInTheMiddleOfEachPeriod() {
    ScanSchedule schedule = new ScanSchedule(WRITES);
    List<Integer> at = new ArrayList<>();
    List<Integer> regrows = new ArrayList<>();
    for (int write = 0; write < WRITES; write++) {
      int regrow = schedule.regrowBefore(write);
      if (regrow != ScanSchedule.NONE) {
        at.add(write);
        regrows.add(regrow);
      }
    }

    assertThat(at).containsExactly(50, 150, 250, 350, 450, 550, 650, 750);
    assertThat(regrows).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void letsNobodyWaitAfterAFailure() throws Exception {
    ScanSchedule schedule = new ScanSchedule(WRITES);
    AtomicInteger returned = new AtomicInteger();

    Workers.run(
        3,
        index -> {
          switch (index) {
            case 0 -> schedule.fail();
            case 1 -> {
              // No scanner ever begins: without the failure the first write of a scan would wait.
              for (int i = 0; i < WRITES; i++) {
                schedule.nextWrite();
              }
              returned.incrementAndGet();
            }
            default -> {
              // The writer may have come to the first scan before the failure, and to no other.
              int period = schedule.awaitScan(ScanSchedule.NONE);
              if (period != ScanSchedule.NONE) {
                assertThat(period).isEqualTo(1);
                period = schedule.awaitScan(period);
              }
              assertThat(period).isEqualTo(ScanSchedule.NONE);
              returned.incrementAndGet();
            }
          }
        });

    assertThat(returned).hasValue(2);
    assertThat(schedule.goesOn(1)).isFalse();
  }

  private static void scan(ScanSchedule schedule, List<Integer> scanned) {
    int period = schedule.awaitScan(ScanSchedule.NONE);
    while (period != ScanSchedule.NONE) {
      scanned.add(period);
      schedule.scanning(period);
      while (schedule.goesOn(period)) {
        Thread.onSpinWait();
      }
      period = schedule.awaitScan(period);
    }
  }
}
