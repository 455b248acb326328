/** An exerciser of one file, as fsx: random operations of one or more threads and an oracle. */
@NullMarked
package dev.diolab.benchmarks.verify.fsx;

import org.jspecify.annotations.NullMarked;
