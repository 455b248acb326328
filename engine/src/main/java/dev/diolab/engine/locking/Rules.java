package dev.diolab.engine.locking;

/**
 * What the direct-I/O path does differently for a strategy, beside calling it.
 *
 * @param syncUnderLock whether a DSYNC write waits for its flush or commit before the grant is
 *     closed. The iomap path syncs inside its completion, under the inode lock (facts A11); the
 *     older paths sync after the lock was dropped
 * @param fuaOverwrites whether a DSYNC write to written blocks inside i_size is one FUA write
 *     without a journal wait (iomap since 4.18, facts A11); otherwise it is a write followed by a
 *     flush or a commit
 */
public record Rules(boolean syncUnderLock, boolean fuaOverwrites) {}
