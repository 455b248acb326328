/** Which blocks a file owns and in what state: the extent tree and the block allocator. */
@NullMarked
package dev.diolab.engine.extent;

import org.jspecify.annotations.NullMarked;
