package dev.diolab.strategies;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code in-place}: a DSYNC write changes its extent where that stands on the image, past the
 * journal, when the journal has no part in that block and nothing else has to change (Ts'o, July
 * 2009, seeds/000). Copies in the log are revoked first, and durably: that is what Kara asked for
 * there.
 *
 * <p>Only extents in the inode are changed so, because a node of its own can be torn: files that
 * are written from front to back have no others. A write that is not DSYNC, one that extends, and
 * one that needs more than the inode go through the journal, as with {@code end-io}.
 */
final class InPlacePolicy implements ConversionPolicy {

  @Override
  public String name() {
    return "in-place";
  }

  @Override
  public String origin() {
    return "Theodore Ts'o, 2009";
  }

  @Override
  public String summary() {
    return "DSYNC writes change an extent in the inode past the journal, its copies revoked";
  }

  @Override
  public Set<Guarantee> guarantees() {
    return EnumSet.complementOf(EnumSet.of(Guarantee.G5));
  }

  @Override
  public void endIo(UnwrittenWrite write) throws IOException {
    if (write.isDsync()) {
      write.convertInPlace();
    } else {
      write.convert();
    }
  }
}
