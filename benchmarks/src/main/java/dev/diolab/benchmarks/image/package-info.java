/** The image file or block device: found, checked, made, locked. */
@NullMarked
package dev.diolab.benchmarks.image;

import org.jspecify.annotations.NullMarked;
