/**
 * Locking schemes as they were before a known bug was found in them, so that the race catalogue can
 * show the bug. Each is a scheme of diolab with one mistake of history put back. None is ever
 * measured, and none stands in the lists of strategies.
 */
@NullMarked
package dev.diolab.strategies.old;

import org.jspecify.annotations.NullMarked;
