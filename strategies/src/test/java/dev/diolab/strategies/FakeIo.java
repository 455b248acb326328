package dev.diolab.strategies;

import dev.diolab.engine.locking.DirectIo;
import org.jspecify.annotations.Nullable;

/** A request that says of itself whether it is an overwrite. */
final class FakeIo implements DirectIo {
  private final long offset;
  private final int bytes;
  private volatile boolean overwrite;
  private final FakeInode inode;
  private boolean nowait;
  private boolean async;
  private @Nullable Object kept;

  private FakeIo(FakeInode inode, long offset, int bytes, boolean overwrite) {
    this.inode = inode;
    this.offset = offset;
    this.bytes = bytes;
    this.overwrite = overwrite;
  }

  /** To blocks that are all written, or for a read. */
  static FakeIo written(FakeInode inode, long offset, int bytes) {
    return new FakeIo(inode, offset, bytes, true);
  }

  /** To blocks of which some are holes or unwritten. */
  static FakeIo unwritten(FakeInode inode, long offset, int bytes) {
    return new FakeIo(inode, offset, bytes, false);
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public int bytes() {
    return bytes;
  }

  @Override
  public boolean isExtending() {
    return end() > inode.size();
  }

  /** Changes what it says from now on. */
  void setOverwrite(boolean now) {
    overwrite = now;
  }

  /** Makes this request one that may not wait. */
  FakeIo nowait() {
    nowait = true;
    return this;
  }

  /** Makes this request one that is submitted and not waited for. */
  FakeIo async() {
    async = true;
    return this;
  }

  @Override
  public boolean isAsync() {
    return async;
  }

  @Override
  public boolean isNowait() {
    return nowait;
  }

  /** Looks up under i_data_sem, as the engine does. */
  @Override
  public boolean isOverwrite() {
    if (nowait && !inode.dataSem().tryLockShared()) {
      return false;
    }
    if (!nowait) {
      inode.dataSem().lockShared();
    }
    inode.dataSem().unlockShared();
    return overwrite;
  }

  @Override
  public @Nullable Object kept() {
    return kept;
  }

  @Override
  public void keep(Object object) {
    kept = object;
  }
}
