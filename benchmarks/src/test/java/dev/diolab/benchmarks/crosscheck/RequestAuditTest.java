package dev.diolab.benchmarks.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FilterDevice;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.file.VolumeFormatter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestAuditTest {
  private static final int DEPTH = 256;
  private static final long SEED = 7;

  /** Measured: 5 to 50 KiB; a leak of 16 bytes a request would be 1.2 MiB. */
  private static final long FLAT_BYTES = 1 << 20;

  /** Measured: 7 to 20, conversions, zeroRange, fsync and growing lists included. */
  private static final double MOST_BYTES_PER_REQUEST = 100;

  @Test
  void millionRequestsAtDepth256AreEachCompletedOnceInFlatMemory() throws IOException {
    List<Contender> contenders = new ArrayList<>(Contender.cross(List.of(), List.of()));
    contenders.addAll(Contender.cross(List.of("iomap-endio"), List.of("workqueue", "group")));
    int requests = Math.ceilDiv(900_000, contenders.size());
    int all = 0;
    for (Contender contender : contenders) {
      all += audited(memory(), contender, requests).requests();
    }
    for (String strategy : List.of("iomap-endio", "placeholder")) {
      all += audited(inThreads(memory()), own(strategy), 50_000).requests();
    }
    assertThat(all).isGreaterThanOrEqualTo(1_000_000);
  }

  @Test
  void writeThatTheDeviceLosesIsFound() throws IOException {
    AtomicLong writes = new AtomicLong();
    BlockDevice losing =
        new FilterDevice(memory()) {
          @Override
          public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
              throws IOException {
            boolean isData = Stamp.isOfTrial(buffer, bufferOffset, SEED);
            if (!isData || writes.incrementAndGet() % 100 != 0) {
              super.write(buffer, bufferOffset, deviceOffset, bytes);
            }
          }
        };
    RequestAudit.Result result =
        RequestAudit.run(losing, 4096, own("iomap-endio"), 20_000, DEPTH, SEED);
    assertThat(result.isSound()).isFalse();
    assertThat(result.faults()).hasSize(10).allMatch(fault -> fault.contains("of version"));
  }

  @Test
  void requestThatFailsIsFound() throws IOException {
    AtomicLong reads = new AtomicLong();
    BlockDevice failing =
        new FilterDevice(memory()) {
          @Override
          public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
              throws IOException {
            if (reads.incrementAndGet() == 2_000) {
              throw new IOException("fails as told");
            }
            super.read(buffer, bufferOffset, deviceOffset, bytes);
          }
        };
    RequestAudit.Result result =
        RequestAudit.run(failing, 4096, own("iomap-endio"), 20_000, DEPTH, SEED);
    assertThat(result.faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault).contains("fails as told"));
    assertThat(result.lost()).isZero();
  }

  @Test
  void ledgerTellsWhatWasLostAndWhatWasRepeated() {
    CompletionLedger ledger = new CompletionLedger(5);
    ledger.complete(0);
    ledger.complete(1);
    ledger.complete(1);
    ledger.complete(3);
    assertThat(ledger.lost(3)).isOne();
    assertThat(ledger.lost(5)).isEqualTo(2);
    assertThat(ledger.repeated()).isOne();
  }

  private static RequestAudit.Result audited(BlockDevice device, Contender contender, int requests)
      throws IOException {
    RequestAudit.Result result = RequestAudit.run(device, 4096, contender, requests, DEPTH, SEED);
    assertThat(result.faults()).as("%s", contender).isEmpty();
    assertThat(result.isSound()).as("%s", result).isTrue();
    assertThat(result.requests()).isEqualTo(requests);
    assertThat(result.reads()).isBetween(requests * 2 / 5, requests * 3 / 5);
    assertThat(result.firstWrites()).as("%s", contender).isGreaterThan(requests / 1000);
    assertThat(result.heapGrowthBytes()).as("%s", contender).isLessThan(FLAT_BYTES);
    assertThat(result.bytesPerRequest()).as("%s", contender).isLessThan(MOST_BYTES_PER_REQUEST);
    return result;
  }

  private static Contender own(String strategy) {
    return Contender.cross(List.of(strategy), List.of()).getFirst();
  }

  /** A device whose memory is all taken. */
  private static BlockDevice memory() throws IOException {
    MemoryDevice device = new MemoryDevice(VolumeShape.deviceBytes(2L * RequestAudit.FILE_BYTES));
    VolumeFormatter.poison(device, (done, total) -> {});
    return device;
  }

  /** The same with queues whose transfers run in threads. */
  private static BlockDevice inThreads(BlockDevice device) {
    return new FilterDevice(device) {};
  }
}
