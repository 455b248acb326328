package dev.diolab.engine.file;

/**
 * What the journal did since the volume was mounted.
 *
 * @param journalCommits transactions committed
 * @param journalBlocks metadata blocks logged by them
 */
public record VolumeCounters(long journalCommits, long journalBlocks) {}
