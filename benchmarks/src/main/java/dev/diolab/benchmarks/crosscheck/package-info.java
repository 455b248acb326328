/** The same bytes moved by another program or by plain reads, as a check on our own overhead. */
@NullMarked
package dev.diolab.benchmarks.crosscheck;

import org.jspecify.annotations.NullMarked;
