/**
 * The corruption attack: damages the metadata of sound images in every structure, and demands that
 * check, mount and every use of the image end, with a finding, a precise exception or a clean bill
 * that the damage allows.
 */
@NullMarked
package dev.diolab.benchmarks.verify.corruption;

import org.jspecify.annotations.NullMarked;
