package dev.diolab.benchmarks.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the speeds of two fills by the same target are compared for.
 *
 * @param title what the ratio is, for tables
 * @param over the cell whose rate is divided
 * @param under by this one's
 */
public record FillRatio(String title, FillCell over, FillCell under) {
  /**
   * The ratios that a model has to have in common with what it models: unwritten to written blocks,
   * many threads to one, DSYNC to one fdatasync at the end.
   *
   * @param fewest threads, usually 1
   * @param most threads
   */
  static List<FillRatio> all(int fewest, int most) {
    List<FillRatio> ratios = new ArrayList<>();
    FillCell first = new FillCell(false, true, most);
    for (int threads : List.of(fewest, most)) {
      for (boolean dsync : List.of(true, false)) {
        FillCell cell = first.withThreads(threads).withDsync(dsync);
        ratios.add(
            new FillRatio(
                String.format(
                    Locale.ROOT, "unwritten/written, %s, %d threads", cell.sync(), threads),
                cell,
                cell.ofWritten(true)));
      }
    }
    for (boolean written : List.of(false, true)) {
      for (boolean dsync : List.of(true, false)) {
        FillCell cell = first.ofWritten(written).withDsync(dsync);
        ratios.add(
            new FillRatio(
                String.format(
                    Locale.ROOT, "%d/%d threads, %s, %s", most, fewest, cell.state(), cell.sync()),
                cell,
                cell.withThreads(fewest)));
      }
    }
    for (boolean written : List.of(false, true)) {
      FillCell cell = first.ofWritten(written);
      ratios.add(
          new FillRatio(
              String.format(Locale.ROOT, "DSYNC/one fdatasync, %s, %d threads", cell.state(), most),
              cell,
              cell.withDsync(false)));
    }
    return List.copyOf(ratios);
  }

  /** All cells that {@code ratios} need, each once. */
  static List<FillCell> cells(List<FillRatio> ratios) {
    return ratios.stream()
        .flatMap(ratio -> List.of(ratio.over(), ratio.under()).stream())
        .distinct()
        .toList();
  }
}
