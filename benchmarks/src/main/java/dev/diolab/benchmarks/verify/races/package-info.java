/**
 * The race catalogue: known bugs of direct I/O, each as one written interleaving that every
 * strategy goes through, judged by what the files hold.
 */
@NullMarked
package dev.diolab.benchmarks.verify.races;

import org.jspecify.annotations.NullMarked;
