package dev.diolab.engine.cache;

/**
 * What the page protocol is checked by: a file of two pages, each holding one number, with a cache
 * before it.
 */
interface PageProtocol {

  /** A buffered read of a page. */
  int read(int page);

  /** A buffered write of a page. */
  void write(int page, int value);

  /** An fsync. */
  void writeOut();

  /** A direct write: changes the device, then invalidates. The page is not dirty. */
  void directWrite(int page, int value);

  /** An invalidation that may find the page dirty. */
  void invalidate(int page);

  /** What the device holds. */
  int onDevice(int page);
}
