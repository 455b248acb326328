/**
 * fsck: reads a whole image as recovery would leave it, changes nothing, and names everything that
 * is not as it must be.
 */
@NullMarked
package dev.diolab.engine.check;

import org.jspecify.annotations.NullMarked;
