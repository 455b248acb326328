/** The workloads as JMH benchmarks; everything here runs in a forked JVM. */
@NullMarked
package dev.diolab.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
