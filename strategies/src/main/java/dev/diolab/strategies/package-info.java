/**
 * The locking strategies and conversion policies under comparison. They see the seam of the engine
 * and nothing else of it, so that a measured difference is a difference of strategy.
 */
@NullMarked
package dev.diolab.strategies;

import org.jspecify.annotations.NullMarked;
