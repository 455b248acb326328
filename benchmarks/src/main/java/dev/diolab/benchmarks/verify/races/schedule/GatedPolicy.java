package dev.diolab.benchmarks.verify.races.schedule;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.ForwardingPolicy;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;

/** A policy where an actor can be held before and after its conversion. */
public final class GatedPolicy extends ForwardingPolicy {
  /** Stands for {@code policy}. */
  public GatedPolicy(ConversionPolicy policy) {
    super(policy);
  }

  @Override
  public void endIo(UnwrittenWrite write) throws IOException {
    Stage.reached(Moment.CONVERTS, "");
    super.endIo(write);
    Stage.reached(Moment.CONVERTED, "");
  }
}
