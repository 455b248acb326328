/**
 * Charts of a run, drawn with XChart without a display. A strategy has the same colour and marker
 * in every chart.
 */
@NullMarked
package dev.diolab.results.chart;

import org.jspecify.annotations.NullMarked;
