package dev.diolab.results.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of a report. */
record Table(String caption, List<Column> columns, List<Row> rows) {

  /** How an entry is to be seen. */
  enum Look {
    PLAIN,
    /** A strategy, with its colour. */
    STRATEGY,
    /** A strategy that is wrong by design. */
    CEILING,
    /** A short remark in a frame. */
    BADGE,
    /** A remark that must not be overlooked. */
    ALARM,
    /** The best of its row or column. */
    BEST
  }

  /**
   * A column; numbers are aligned to the right.
   *
   * @param strategy whose figures it holds, where they are those of one strategy
   */
  record Column(String head, boolean isNumber, @Nullable StrategyMark strategy) {
    Column(String head, boolean isNumber) {
      this(head, isNumber, null);
    }
  }

  /** A strategy and its colour for CSS. */
  record StrategyMark(String name, String color) {}

  /** An entry; {@code color} is the strategy's for CSS. */
  record Entry(String text, Look look, @Nullable String color) {
    static Entry plain(String text) {
      return new Entry(text, Look.PLAIN, null);
    }
  }

  /** A row; a line is drawn above one that starts a group. */
  record Row(List<Entry> entries, boolean startsGroup) {}
}
