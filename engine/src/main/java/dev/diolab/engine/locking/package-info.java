/**
 * The seam between the direct-I/O path and a locking strategy, and the lock primitives a strategy
 * may use.
 *
 * <p>Lock ranking of the whole engine, outermost first; a thread that holds a lock acquires only
 * locks further down:
 *
 * <ol>
 *   <li>the strategy's inode locks (i_mutex or i_rwsem, then i_alloc_sem)
 *   <li>page locks and placeholders, in ascending order of page index
 *   <li>an open journal {@code Handle}
 *   <li>the orphan list
 *   <li>i_data_sem of one inode
 *   <li>one allocation group
 *   <li>the journal's own state
 * </ol>
 *
 * <p>Two exceptions, both from the patches themselves: a strategy that holds i_data_sem shared
 * across the device I/O of an overwrite opens no handle meanwhile; and a strategy that ends a write
 * by taking its inode lock again has released all else first.
 */
@NullMarked
package dev.diolab.engine.locking;

import org.jspecify.annotations.NullMarked;
