package dev.diolab.strategies;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code group}: conversions that complete together are sorted, coalesced and done by one thread
 * for all; DSYNC writes wait for one commit together, after their grants are closed (group commit
 * of databases and the batch time of jbd2, applied to conversions). Without DSYNC the commit comes
 * later, as with {@code end-io}.
 */
final class GroupPolicy implements ConversionPolicy {

  @Override
  public String name() {
    return "group";
  }

  @Override
  public String origin() {
    return "diolab; group commit, batch time of jbd2";
  }

  @Override
  public String summary() {
    return "convert together at completion; one commit for all DSYNC writes that wait";
  }

  @Override
  public Set<Guarantee> guarantees() {
    return EnumSet.complementOf(EnumSet.of(Guarantee.G5));
  }

  @Override
  public boolean commitsTogether() {
    return true;
  }

  @Override
  public void endIo(UnwrittenWrite write) throws IOException {
    write.convertTogether();
  }
}
