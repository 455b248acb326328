package dev.diolab.engine.extent;

/** Receives what an extent tree consists of. */
@FunctionalInterface
public interface ExtentVisitor {

  /** One extent; extents come in logical order. The state is never {@link ExtentState#HOLE}. */
  void extent(long logical, long physical, int blocks, ExtentState state);

  /**
   * One node that fills a block, before the extents below it; the root, which lies in the inode, is
   * not reported.
   *
   * @param depth levels below the node, 0 for a leaf
   */
  default void node(long block, int depth) {}
}
