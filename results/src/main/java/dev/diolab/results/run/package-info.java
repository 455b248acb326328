/**
 * The raw files of a run: {@code run.json} and the latency histograms beside it, as records that
 * are read, written and checked here and nowhere else.
 */
@NullMarked
package dev.diolab.results.run;

import org.jspecify.annotations.NullMarked;
