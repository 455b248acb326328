package dev.diolab.results.report;

import dev.diolab.results.chart.Drawing;
import dev.diolab.results.compare.LookupCurve;
import dev.diolab.results.compare.LookupCurve.Point;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.report.Table.Column;
import dev.diolab.results.report.Table.Entry;
import dev.diolab.results.report.Table.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of look-ups over all numbers of extents, before it comes to each of them.
 *
 * @param curve what was measured
 * @param drawing the same as a chart
 */
public record LookupSection(LookupCurve curve, Drawing drawing) {
  private static final double MEBIBYTE = 1 << 20;

  void writeTo(Page page, Map<String, Object> parameters) throws IOException {
    page.bullets(List.of(curve.finding()));
    page.figure(drawing);
    page.table(table(parameters));
    page.paragraph(Wording.LOOKUP);
  }

  private Table table(Map<String, Object> parameters) {
    boolean hasHeap =
        curve.points().stream().anyMatch(point -> parameters.containsKey(heapKey(point)));
    List<Column> columns = new ArrayList<>();
    for (String head : List.of("extents", "p50 ns", "p99 ns")) {
      columns.add(new Column(head, true));
    }
    if (hasHeap) {
      columns.add(new Column("heap MiB", true));
    }
    List<Row> rows = new ArrayList<>();
    for (Point point : curve.points()) {
      List<Entry> entries = new ArrayList<>();
      entries.add(Entry.plain(Numbers.count(point.extents())));
      entries.add(Entry.plain(Numbers.count(point.p50Nanos())));
      entries.add(
          Entry.plain(Numbers.count(point.p99Nanos()) + CellText.thinMark(point.cell(), 99)));
      if (hasHeap) {
        entries.add(Entry.plain(mebibytes(parameters.get(heapKey(point)))));
      }
      rows.add(new Row(entries, false));
    }
    return new Table("A look-up over the number of extents", columns, rows);
  }

  private static String heapKey(Point point) {
    return "%s.%s.heapBytes".formatted(point.cell().key().workload(), point.cell().key().variant());
  }

  private static String mebibytes(@Nullable Object bytes) {
    return bytes instanceof Number number ? Numbers.count(number.doubleValue() / MEBIBYTE) : "–";
  }
}
