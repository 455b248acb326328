package dev.diolab.engine.file;

import dev.diolab.engine.cache.PageIo;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Moves pages of one inode from and to the device. */
final class InodePages implements PageIo {
  private final Inode inode;

  InodePages(Inode inode) {
    this.inode = inode;
  }

  @Override
  public long size() {
    return inode.size();
  }

  @Override
  public void extend(long end) {}

  @Override
  public void read(long firstPage, int pages, MemorySegment into) throws IOException {}

  @Override
  public void write(long firstPage, int pages, MemorySegment from) throws IOException {}
}
