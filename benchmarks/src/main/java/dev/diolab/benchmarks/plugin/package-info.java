/** Strategies and conversion policies from jars beside the built-in ones. */
@NullMarked
package dev.diolab.benchmarks.plugin;

import org.jspecify.annotations.NullMarked;
