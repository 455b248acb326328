package dev.diolab.results.report;

import dev.diolab.results.chart.Drawing;
import java.io.IOException;
import java.util.List;

/** A document under way: takes its parts in the order of reading. Texts are plain, not markup. */
interface Page {
  /** One line of the facts under the title. */
  record Fact(String name, String value) {}

  /** The head of the document; comes first. */
  void title(String title, List<Fact> facts);

  /** Begins a section of level 2, 3 or 4. */
  void section(int level, String title);

  /** Begins a section of level 3 that is of one workload, whose name is its title. */
  void workload(String name);

  void paragraph(String text);

  /** A paragraph that says what follows from the rest. */
  void conclusion(String text);

  /** A paragraph that must not be overlooked. */
  void warning(String text);

  /** A paragraph that changes what all others are worth. */
  void alarm(String text);

  void bullets(List<String> items);

  void table(Table table);

  void figure(Drawing drawing) throws IOException;

  /** The whole document. */
  String finish();
}
