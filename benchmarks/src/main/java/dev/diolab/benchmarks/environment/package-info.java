/** What a result must say of the machine, the disk and the source that it came from. */
@NullMarked
package dev.diolab.benchmarks.environment;

import org.jspecify.annotations.NullMarked;
