package dev.diolab.engine.locking;

/**
 * What a strategy may see and use of the inode that it locks. Thread safety: all methods may be
 * called at any time.
 */
public interface InodeView {

  /** i_size: the size in bytes that readers see now. */
  long size();

  /** Size of a file-system block in bytes. */
  int blockSize();

  /**
   * i_data_sem: guards the extent tree against change while it is looked up (a torn look-up would
   * send a write to somebody else's block). The path takes it shared for a look-up and exclusive
   * for a change, unless {@link Grant#holdsDataSem} says that the grant holds it already.
   */
  RwSem dataSem();

  /**
   * i_dio_count: the direct requests in flight, for strategies that let go of their lock during the
   * device I/O.
   */
  DioCount dioCount();

  /** The page cache of the inode. */
  PageCacheView pages();
}
