/**
 * The physical block journal: handles, transactions, commit, checkpoint and recovery, and the
 * metadata blocks in memory that they protect.
 */
@NullMarked
package dev.diolab.engine.journal;

import org.jspecify.annotations.NullMarked;
