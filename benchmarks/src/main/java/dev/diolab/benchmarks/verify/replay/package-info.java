/** Failing cases: made small, kept in files, and tried again from there. */
@NullMarked
package dev.diolab.benchmarks.verify.replay;

import org.jspecify.annotations.NullMarked;
