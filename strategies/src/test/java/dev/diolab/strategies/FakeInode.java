package dev.diolab.strategies;

import dev.diolab.engine.locking.DioCount;
import dev.diolab.engine.locking.InodeView;
import dev.diolab.engine.locking.RwSem;

/** An inode with nothing behind it but its size and its locks. */
final class FakeInode implements InodeView {
  static final int BLOCK = 4096;

  private final RwSem dataSem = new RwSem();
  private final DioCount dioCount = new DioCount();
  private final FakePages pages = new FakePages();
  private volatile long size;

  FakeInode(long size) {
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  void setSize(long newSize) {
    size = newSize;
  }

  @Override
  public int blockSize() {
    return BLOCK;
  }

  @Override
  public RwSem dataSem() {
    return dataSem;
  }

  @Override
  public DioCount dioCount() {
    return dioCount;
  }

  @Override
  public FakePages pages() {
    return pages;
  }
}
