/** The same work done by another program on the same bytes, as a check on our own overhead. */
@NullMarked
package dev.diolab.benchmarks.crosscheck;

import org.jspecify.annotations.NullMarked;
