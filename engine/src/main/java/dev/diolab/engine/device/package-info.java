/**
 * Block devices: what the engine reads, writes and flushes. The same engine runs on a real O_DIRECT
 * file and on heap memory.
 */
@NullMarked
package dev.diolab.engine.device;

import org.jspecify.annotations.NullMarked;
