/** The command line: parses, explains, and turns every expected failure into one sentence. */
@NullMarked
package dev.diolab.benchmarks.cli;

import org.jspecify.annotations.NullMarked;
