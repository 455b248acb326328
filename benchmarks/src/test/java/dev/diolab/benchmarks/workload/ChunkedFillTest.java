package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.engine.check.Checker;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.extent.NoSpaceException;
import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChunkedFillTest {
  private static final int CHUNKS = 3;
  private static final int THREADS = 8;

  private WorkVolume volume;
  private DioFile file;

  @BeforeEach
  void makeFile() throws IOException {
    long bytes = VolumeShape.deviceBytes((long) CHUNKS * ChunkedFill.CHUNK_BYTES);
    volume = WorkVolume.format(new MemoryDevice(bytes), 4096, "no-lock", "end-io");
    file = volume.volume().create();
  }

  @AfterEach
  void unmountAndCheck() throws IOException {
    volume.volume().close();
    assertThat(Checker.check(volume.device()).findings()).isEmpty();
    volume.close();
  }

  @Test
  void dealsOutEveryBlockOnceAndPreallocatesItsChunkBefore() throws Exception {
    ChunkedFill fill = new ChunkedFill(file, CHUNKS, true, 7);
    Queue<Integer> claimed = new ConcurrentLinkedQueue<>();
    Queue<Integer> completedChunks = new ConcurrentLinkedQueue<>();

    Workers.run(
        THREADS,
        index -> {
          for (int block = fill.claim(); block != ChunkedFill.NONE; block = fill.claim()) {
            assertThat(file.size()).isGreaterThanOrEqualTo((block + 1L) * ChunkedFill.WRITE_BYTES);
            claimed.add(block);
            if (fill.completed(block)) {
              completedChunks.add(block / ChunkedFill.WRITES_PER_CHUNK);
            }
          }
        });

    assertThat(claimed)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, CHUNKS * ChunkedFill.WRITES_PER_CHUNK).boxed().toList());
    assertThat(completedChunks).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(file.extents().unwrittenBlocks())
        .isEqualTo((long) CHUNKS * ChunkedFill.CHUNK_BYTES / 4096);
  }

  @Test
  void takesChunksInTurnAndBlocksAtRandom() throws IOException {
    ChunkedFill fill = new ChunkedFill(file, CHUNKS, false, 7);
    List<Integer> first =
        IntStream.range(0, ChunkedFill.WRITES_PER_CHUNK).mapToObj(i -> claim(fill)).toList();

    assertThat(first).allMatch(block -> block < ChunkedFill.WRITES_PER_CHUNK);
    assertThat(first.stream().sorted().toList()).isNotEqualTo(first);
    assertThat(fill.claim()).isBetween(1024, 2047);
  }

  @Test
  void endsForAllWhenPreallocationFails() {
    ChunkedFill fill = new ChunkedFill(file, 100, true, 7);
    FillWorker[] workers = new FillWorker[THREADS];
    for (int i = 0; i < THREADS; i++) {
      workers[i] =
          new FillWorker(
              volume.volume().allocateBuffer(ChunkedFill.WRITE_BYTES), 1, FillVariant.Sync.NONE);
    }

    assertThatThrownBy(() -> Workers.run(THREADS, index -> workers[index].run(file, fill, 1)))
        .isInstanceOf(NoSpaceException.class);
  }

  private static int claim(ChunkedFill fill) {
    try {
      return fill.claim();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
