/**
 * What may be concluded from a few rounds: intervals of figures and of their ratios, and when two
 * figures are told apart. Pure functions of numbers and histograms; what is random in them has a
 * fixed seed. Depends on no other package of ours.
 */
@NullMarked
package dev.diolab.results.stats;

import org.jspecify.annotations.NullMarked;
