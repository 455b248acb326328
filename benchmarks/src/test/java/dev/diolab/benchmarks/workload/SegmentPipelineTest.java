package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SegmentPipelineTest {

  @Test
  void asksForTheNextSegmentWhenAWriterComesToTheOneBefore() throws Exception {
    SegmentPipeline pipeline = new SegmentPipeline(2, 2);
    CompletableFuture<Long> writer =
        CompletableFuture.supplyAsync(() -> pipeline.awaitSegment(1, 0));

    int log = pipeline.awaitWish();

    assertThat(log).isEqualTo(1);
    assertThat(writer.get(1, TimeUnit.MINUTES)).isNotNegative();
  }

  @Test
  void letsAWriterWaitUntilItsSegmentIsMade() throws Exception {
    SegmentPipeline pipeline = new SegmentPipeline(1, 2);
    CompletableFuture<Long> writer =
        CompletableFuture.supplyAsync(
            () -> pipeline.awaitSegment(0, 0) + pipeline.awaitSegment(0, 1));
    int log = pipeline.awaitWish();

    assertThat(writer.isDone()).isFalse();
    pipeline.made(log);

    assertThat(writer.get(1, TimeUnit.MINUTES)).isNotNegative();
    assertThat(pipeline.awaitWish()).as("all are made").isEqualTo(SegmentPipeline.NONE);
  }

  @Test
  void tellsWhetherACreationMetAnOperation() throws Exception {
    SegmentPipeline pipeline = new SegmentPipeline(1, 3);
    int before = pipeline.epoch();
    assertThat(pipeline.isCreatingSince(before)).isFalse();
    CompletableFuture<Long> writer =
        CompletableFuture.supplyAsync(() -> pipeline.awaitSegment(0, 0));
    pipeline.awaitWish();
    writer.get(1, TimeUnit.MINUTES);
    int during = pipeline.epoch();
    pipeline.made(0);

    assertThat(pipeline.isCreatingSince(before)).as("began and ended since").isTrue();
    assertThat(pipeline.isCreatingSince(during)).as("was under way").isTrue();
    assertThat(pipeline.isCreatingSince(pipeline.epoch())).isFalse();
  }

  @Test
  void letsNobodyWaitAfterAFailure() throws Exception {
    SegmentPipeline pipeline = new SegmentPipeline(1, 2);
    CompletableFuture<Long> writer =
        CompletableFuture.supplyAsync(() -> pipeline.awaitSegment(0, 1));

    pipeline.fail();

    assertThat(writer.get(1, TimeUnit.MINUTES)).isEqualTo(SegmentPipeline.NONE);
    assertThat(pipeline.awaitWish()).isEqualTo(SegmentPipeline.NONE);
  }
}
