package dev.diolab.engine.check;

import dev.diolab.engine.check.CheckFinding.Kind;
import dev.diolab.engine.format.BitmapBlock;
import dev.diolab.engine.format.Geometry;
import java.io.IOException;

/**
 * Compares the bitmaps with what the files own.
 *
 * <p>Thread safety: none.
 */
final class BitmapCheck {
  private final ImageReader image;
  private final Geometry geometry;
  private final BlockUse use;
  private final Findings findings;
  private final byte[] bitmap;

  BitmapCheck(ImageReader image, BlockUse use, Findings findings) {
    this.image = image;
    this.geometry = image.geometry();
    this.use = use;
    this.findings = findings;
    this.bitmap = image.newBlock();
  }

  void checkGroup(int group) {
    String place = "bitmap in block " + geometry.bitmapBlock(group);
    try {
      image.read(geometry.bitmapBlock(group), BitmapBlock.SEAL, bitmap);
    } catch (IOException e) {
      findings.add(Kind.BITMAP, place, e);
      return;
    }
    if (BitmapBlock.group(bitmap) != group) {
      findings.add(
          Kind.BITMAP, place, "group is " + BitmapBlock.group(bitmap) + ", expected " + group);
      return;
    }
    int blocks = geometry.groupBlocks(group);
    int clear = BitmapBlock.nextClear(bitmap, blocks, BitmapBlock.capacity(bitmap.length));
    if (clear < BitmapBlock.capacity(bitmap.length)) {
      findings.add(
          Kind.BITMAP,
          place,
          "bit " + clear + " is clear, but the group has " + blocks + " blocks");
    }
    compare(group, blocks);
  }

  private void compare(int group, int blocks) {
    for (int word = 0; word << 6 < blocks; word++) {
      long exists = blocks - (word << 6) >= Long.SIZE ? -1L : -1L >>> -blocks;
      long marked = BitmapBlock.word(bitmap, word) & exists;
      long owned = use.word(group, word) | (word == 0 ? 1 : 0);
      if (marked != owned) {
        long first = geometry.groupFirst(group) + ((long) word << 6);
        nameRuns(Kind.USED_BUT_FREE, group, first, owned & ~marked);
        if (use.isComplete()) {
          nameRuns(Kind.LOST_BLOCK, group, first, marked & ~owned);
        }
      }
    }
  }

  /** One finding for each run of ones in {@code bits}, whose lowest stands for {@code first}. */
  private void nameRuns(Kind kind, int group, long first, long bits) {
    long rest = bits;
    while (rest != 0) {
      int from = Long.numberOfTrailingZeros(rest);
      int count = Long.numberOfTrailingZeros(~(rest >>> from));
      findings.add(
          kind,
          "group " + group,
          BlockUse.run(first + from, count)
              + (kind == Kind.LOST_BLOCK
                  ? ": in use in the bitmap, but no file owns it"
                  : ": owned by a file, but free in the bitmap"));
      rest &= ~BitmapBlock.mask(from, from + count);
    }
  }
}
