package dev.diolab.benchmarks.verify.races.schedule;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.util.Set;

/** A policy where an actor can be held before and after its conversion. */
public record GatedPolicy(ConversionPolicy policy) implements ConversionPolicy {
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
    Stage.reached(Moment.CONVERTS, "");
    policy.endIo(write);
    Stage.reached(Moment.CONVERTED, "");
  }
}
