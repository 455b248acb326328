package dev.diolab.engine.file;

/**
 * What a volume did since it was mounted.
 *
 * @param journalCommits transactions committed
 * @param journalBlocks metadata blocks logged by them
 * @param pagesRead pages that page caches read from the device, or filled with zeros
 * @param pagesWritten pages that were written out
 * @param failedInvalidations direct writes that left a page in the cache which may be older than
 *     what they wrote: somebody stored through a mapping, or had the page pinned, at the same time
 * @param fallbacks direct writes of which a part went through the page cache
 * @param bytesZeroedAhead bytes of zeros that direct writes put into unwritten blocks before their
 *     data, because of the policy
 * @param conversionsInPlace DSYNC writes whose blocks were converted past the journal, because of
 *     the policy
 * @param conversionsLogged those that the policy had to leave to the journal
 * @param bytesZeroed bytes of zeros that were written to the blocks of files: those ahead of data,
 *     around the data of a write that covers a part of an unwritten block, behind an i_size that
 *     moves, and at the ends of a punched range; not what pages hold that are written out
 */
public record VolumeCounters(
    long journalCommits,
    long journalBlocks,
    long pagesRead,
    long pagesWritten,
    long failedInvalidations,
    long fallbacks,
    long bytesZeroedAhead,
    long conversionsInPlace,
    long conversionsLogged,
    long bytesZeroed) {}
