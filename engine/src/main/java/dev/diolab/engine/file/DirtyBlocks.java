package dev.diolab.engine.file;

import dev.diolab.engine.cache.Page;

/** Which blocks of pages in a row have a dirty sector. Blocks count from the first page on. */
final class DirtyBlocks {
  private static final int SECTORS_OF_PAGE = Page.SIZE / Page.SECTOR;

  private final byte[] sectors;
  private final int sectorsOfBlock;

  /**
   * Knows the blocks of {@code dirtySectors.length} pages.
   *
   * @param dirtySectors of each page, a bit for each of its sectors, the first one lowest
   */
  DirtyBlocks(byte[] dirtySectors, int blockSize) {
    this.sectors = dirtySectors;
    this.sectorsOfBlock = blockSize / Page.SECTOR;
  }

  /** The first dirty block from {@code block} on, or {@code end}. */
  int next(int block, int end) {
    int at = block;
    while (at < end && !isDirty(at)) {
      at++;
    }
    return at;
  }

  /** How many blocks from {@code block} on are dirty, up to {@code end}. */
  int run(int block, int end) {
    int at = block;
    while (at < end && isDirty(at)) {
      at++;
    }
    return at - block;
  }

  private boolean isDirty(int block) {
    int first = block * sectorsOfBlock;
    for (int sector = first; sector < first + sectorsOfBlock; sector++) {
      int ofPage = sectors[sector / SECTORS_OF_PAGE];
      if ((ofPage & (1 << (sector % SECTORS_OF_PAGE))) != 0) {
        return true;
      }
    }
    return false;
  }
}
