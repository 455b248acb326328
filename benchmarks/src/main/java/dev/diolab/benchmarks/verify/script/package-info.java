/** What the verified workloads do: single operations, and scripts of them for several threads. */
@NullMarked
package dev.diolab.benchmarks.verify.script;

import org.jspecify.annotations.NullMarked;
