/** What the user sees while something takes long. */
@NullMarked
package dev.diolab.benchmarks.progress;

import org.jspecify.annotations.NullMarked;
