package dev.diolab.benchmarks.verify.record;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.ForwardingPolicy;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;

/** A policy with pauses around and within its work. */
final class PausingPolicy extends ForwardingPolicy {
  private final Pauses pauses;

  PausingPolicy(ConversionPolicy policy, Pauses pauses) {
    super(policy);
    this.pauses = pauses;
  }

  @Override
  public void endIo(UnwrittenWrite write) throws IOException {
    pauses.pauseOften();
    super.endIo(
        new UnwrittenWrite() {
          @Override
          public void convert() throws IOException {
            write.convert();
            pauses.pause();
          }

          @Override
          public void convertTogether() throws IOException {
            write.convertTogether();
            pauses.pause();
          }

          @Override
          public boolean isDsync() {
            return write.isDsync();
          }

          @Override
          public void convertInPlace() throws IOException {
            write.convertInPlace();
            pauses.pause();
          }

          @Override
          public void awaitCommit() throws IOException {
            write.awaitCommit();
          }
        });
    pauses.pause();
  }
}
