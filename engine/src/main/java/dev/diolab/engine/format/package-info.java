/**
 * On-disk layouts: offsets, magic numbers and checksums. Depends on no other package of the engine.
 */
@NullMarked
package dev.diolab.engine.format;

import org.jspecify.annotations.NullMarked;
