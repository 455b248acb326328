/** What is written into the blocks, in which order, and the proof afterwards that it is there. */
@NullMarked
package dev.diolab.benchmarks.content;

import org.jspecify.annotations.NullMarked;
