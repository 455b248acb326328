/**
 * Lays runs side by side, of several disks or commits or repeated: which cells they share, which
 * differ, and what else differs between the runs.
 */
@NullMarked
package dev.diolab.results.across;

import org.jspecify.annotations.NullMarked;
