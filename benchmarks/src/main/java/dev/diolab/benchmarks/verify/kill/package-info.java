/** Kills a running bench at random moments and looks at the image that it leaves. */
@NullMarked
package dev.diolab.benchmarks.verify.kill;

import org.jspecify.annotations.NullMarked;
