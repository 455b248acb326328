/**
 * Compares cells: which belong together, which differ by more than their rounds do among
 * themselves, and what can be said of that in a sentence.
 */
@NullMarked
package dev.diolab.results.compare;

import org.jspecify.annotations.NullMarked;
