/**
 * The page cache of an inode: pages, their locks, write-out and invalidation, under one limit of
 * memory for a volume.
 */
@NullMarked
package dev.diolab.engine.cache;

import org.jspecify.annotations.NullMarked;
