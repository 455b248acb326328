package dev.diolab.strategies;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code workqueue}: an asynchronous write completes first, and a worker converts it later; a list
 * per inode tells fsync what is not converted yet (Mingming Cao, September 2009, seeds/001). A
 * synchronous or DSYNC write is converted before it returns.
 *
 * <p>G4 is not declared: a direct read after the completion sees zeros until the worker has been
 * there. Nor is G7: the part of the write that overwrites written blocks is seen before the part
 * that waits for the worker. Later Linux completes after the conversion.
 */
final class WorkqueuePolicy implements ConversionPolicy {

  @Override
  public String name() {
    return "workqueue";
  }

  @Override
  public String origin() {
    return "Mingming Cao, 2009";
  }

  @Override
  public String summary() {
    return "asynchronous writes complete first, a worker or the next fsync converts";
  }

  @Override
  public Set<Guarantee> guarantees() {
    return EnumSet.complementOf(EnumSet.of(Guarantee.G4, Guarantee.G5, Guarantee.G7));
  }

  @Override
  public boolean completesFirst() {
    return true;
  }

  @Override
  public void endIo(UnwrittenWrite write) throws IOException {
    write.convert();
  }
}
