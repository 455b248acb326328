package dev.diolab.strategies;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code end-io}: converts when the device is done, in the running transaction, and lets the commit
 * come later (XFS; Kara 2009 in seeds/000: a direct write into preallocated space need not be
 * durable without fsync).
 */
final class EndIoPolicy implements ConversionPolicy {

  @Override
  public String name() {
    return "end-io";
  }

  @Override
  public String origin() {
    return "XFS; Jan Kara, 2009";
  }

  @Override
  public String summary() {
    return "convert at completion, commit later";
  }

  @Override
  public Set<Guarantee> guarantees() {
    return EnumSet.complementOf(EnumSet.of(Guarantee.G5));
  }

  @Override
  public void endIo(UnwrittenWrite write) throws IOException {
    write.convert();
  }
}
