package dev.diolab.benchmarks.verify.record;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.util.Set;

/** A policy with pauses around and within its work. */
record PausingPolicy(ConversionPolicy policy, Pauses pauses) implements ConversionPolicy {
  @Override
  public String name() {
    return policy.name();
  }

  @Override
  public String origin() {
    return policy.origin();
  }

  @Override
  public String summary() {
    return policy.summary();
  }

  @Override
  public Set<Guarantee> guarantees() {
    return policy.guarantees();
  }

  @Override
  public boolean allowsDirectConversion() {
    return policy.allowsDirectConversion();
  }

  @Override
  public void endIo(UnwrittenWrite write) throws IOException {
    pauses.pauseOften();
    policy.endIo(
        new UnwrittenWrite() {
          @Override
          public void convert() throws IOException {
            write.convert();
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
