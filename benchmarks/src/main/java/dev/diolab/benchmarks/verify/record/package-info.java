/** Runs a script on a recording device and keeps what happened. */
@NullMarked
package dev.diolab.benchmarks.verify.record;

import org.jspecify.annotations.NullMarked;
