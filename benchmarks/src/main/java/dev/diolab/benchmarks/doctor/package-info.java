/** Says whether a disk can be measured, and what to do when it cannot. */
@NullMarked
package dev.diolab.benchmarks.doctor;

import org.jspecify.annotations.NullMarked;
