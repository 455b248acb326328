/**
 * Reads, compares and draws the results of runs. It works on the files of a run directory and needs
 * no other module, so that an old run can be redrawn without what measured it.
 */
@NullMarked
package dev.diolab.results;

import org.jspecify.annotations.NullMarked;
