/** One run from the first fork to the finished run directory. */
@NullMarked
package dev.diolab.benchmarks.run;

import org.jspecify.annotations.NullMarked;
