/**
 * Tests the race catalogue: what lost a race loses it again, and what declares a guarantee keeps
 * it.
 */
@NullMarked
package dev.diolab.benchmarks.verify.races;

import org.jspecify.annotations.NullMarked;
