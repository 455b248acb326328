package dev.diolab.engine.extent;

import dev.diolab.engine.journal.MetaBlock;

/**
 * Where the root of an extent tree lies: at byte {@code offset} of the inode table block that holds
 * the inode record.
 */
public record RootView(MetaBlock block, int offset) {}
