package dev.diolab.strategies;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code sync-commit}: converts when the device is done and waits for the commit before the write
 * returns (Ts'o, July 2009, seeds/000: on average 1024 synchronous journal waits for 32 MiB of
 * preallocated space written in 32 KiB pieces).
 *
 * <p>So the first write to a preallocated block survives a crash once it returned. G5 is not
 * declared all the same: an overwrite of a written block is not flushed, and a volatile cache may
 * lose it.
 */
final class SyncCommitPolicy implements ConversionPolicy {

  @Override
  public String name() {
    return "sync-commit";
  }

  @Override
  public String origin() {
    return "Theodore Ts'o, 2009";
  }

  @Override
  public String summary() {
    return "convert at completion, then wait for the commit";
  }

  @Override
  public Set<Guarantee> guarantees() {
    return EnumSet.complementOf(EnumSet.of(Guarantee.G5));
  }

  @Override
  public void endIo(UnwrittenWrite write) throws IOException {
    write.convert();
    write.awaitCommit();
  }
}
