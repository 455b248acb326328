package dev.diolab.engine.file;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens around the page caches of a volume, what is zeroed, and what is converted in
 * place; see {@link VolumeCounters}.
 *
 * <p>Thread safety: all counters may be raised and read at once.
 */
final class PageCounts {
  final LongAdder pagesRead = new LongAdder();
  final LongAdder pagesWritten = new LongAdder();
  final LongAdder failedInvalidations = new LongAdder();
  final LongAdder fallbacks = new LongAdder();
  final LongAdder bytesZeroedAhead = new LongAdder();
  final LongAdder conversionsInPlace = new LongAdder();
  final LongAdder conversionsLogged = new LongAdder();
  final LongAdder bytesZeroed = new LongAdder();
}
