/**
 * Compares cells: which belong together, which are told apart, and what can be said of that in a
 * sentence.
 */
@NullMarked
package dev.diolab.results.compare;

import org.jspecify.annotations.NullMarked;
