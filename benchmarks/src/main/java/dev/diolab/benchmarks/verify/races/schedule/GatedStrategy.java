package dev.diolab.benchmarks.verify.races.schedule;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.ForwardingStrategy;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import java.io.IOException;
import java.util.function.Supplier;

/** A strategy where an actor can be held at each call of the seam. */
public final class GatedStrategy extends ForwardingStrategy {
  /** Holds who uses {@code strategy}. */
  public GatedStrategy(DioStrategy strategy) {
    super(strategy);
  }

  @Override
  public InodeLocking attach(InodeView inode) {
    return new GatedLocking(super.attach(inode));
  }

  private record GatedLocking(InodeLocking locking) implements InodeLocking {
    @Override
    public Grant directRead(DirectIo io) {
      return granted(range("direct read", io.offset(), io.bytes()), () -> locking.directRead(io));
    }

    @Override
    public Grant directWrite(DirectIo io) {
      return granted(range("direct write", io.offset(), io.bytes()), () -> locking.directWrite(io));
    }

    @Override
    public Grant bufferedRead(long offset, long bytes, boolean nowait) {
      return granted(
          range("buffered read", offset, bytes), () -> locking.bufferedRead(offset, bytes, nowait));
    }

    @Override
    public Grant bufferedWrite(long offset, long bytes) {
      return granted(
          range("buffered write", offset, bytes), () -> locking.bufferedWrite(offset, bytes));
    }

    @Override
    public Grant fallback(long offset, long bytes) {
      return granted(range("fallback", offset, bytes), () -> locking.fallback(offset, bytes));
    }

    @Override
    public Grant pageFault(long offset) {
      Stage.reached(Moment.FAULTS, "at " + offset);
      return locking.pageFault(offset);
    }

    @Override
    public Grant truncate(long newSize) {
      return granted("truncate to " + newSize, () -> locking.truncate(newSize));
    }

    @Override
    public Grant fallocate(long offset, long bytes) {
      return granted(range("fallocate", offset, bytes), () -> locking.fallocate(offset, bytes));
    }

    @Override
    public Grant punch(long offset, long bytes) {
      return granted(range("punch", offset, bytes), () -> locking.punch(offset, bytes));
    }

    @Override
    public Grant fsync() {
      return granted("fsync", locking::fsync);
    }

    private static Grant granted(String operation, Supplier<Grant> ask) {
      Stage.reached(Moment.BEGINS, operation);
      Grant grant = ask.get();
      if (grant.isRefusal()) {
        Stage.reached(Moment.REFUSED, operation);
        return grant;
      }
      Stage.reached(Moment.GRANTED, operation);
      return new GatedGrant(grant, operation);
    }

    private static String range(String operation, long offset, long bytes) {
      return operation + " of " + bytes + " bytes at " + offset;
    }
  }

  private record GatedGrant(Grant grant, String operation) implements Grant {
    @Override
    public long beforeMap(long offset, long rest) throws IOException {
      Stage.reached(Moment.WANTS_TO_MAP, rest + " bytes at " + offset);
      long allowed = grant.beforeMap(offset, rest);
      Stage.reached(Moment.MAY_MAP, allowed + " bytes at " + offset);
      return allowed;
    }

    @Override
    public void submitted() {
      grant.submitted();
      Stage.reached(Moment.SUBMITTED, "");
    }

    @Override
    public void ioDone() {
      grant.ioDone();
      Stage.reached(Moment.IO_DONE, "");
    }

    @Override
    public void close() {
      Stage.reached(Moment.ENDS, operation);
      grant.close();
      Stage.reached(Moment.RELEASED, operation);
    }

    @Override
    public boolean mustWait() {
      return grant.mustWait();
    }

    @Override
    public boolean isRefusal() {
      return grant.isRefusal();
    }

    @Override
    public boolean holdsDataSem() {
      return grant.holdsDataSem();
    }
  }
}
