/**
 * The reports of a run: an HTML page, its twin in Markdown, a table for the terminal, and lines for
 * benchstat. Page and twin are written from the same contents.
 */
@NullMarked
package dev.diolab.results.report;

import org.jspecify.annotations.NullMarked;
