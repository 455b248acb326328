/**
 * What the verifier found: {@code verify.json} as records that are read, written, merged and shown
 * here and nowhere else.
 */
@NullMarked
package dev.diolab.results.verify;

import org.jspecify.annotations.NullMarked;
