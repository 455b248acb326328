/** The contract that every strategy and every policy keeps, on devices in memory. */
@NullMarked
package dev.diolab.strategies;

import org.jspecify.annotations.NullMarked;
