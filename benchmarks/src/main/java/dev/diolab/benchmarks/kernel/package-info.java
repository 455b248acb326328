/**
 * The file systems of the kernel beside the model: the same writes on plain files and on volumes of
 * ours, in turn, and what their ratios have in common.
 */
@NullMarked
package dev.diolab.benchmarks.kernel;

import org.jspecify.annotations.NullMarked;
