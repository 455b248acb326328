package dev.diolab.results.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory with the results of one run: {@code run.json}, {@code hdr/*.hlog}, and what is drawn
 * from them. Immutable; reads the files again at each call that says so.
 */
public final class RunDirectory {
  /** The file that says what was run and measured. */
  public static final String RUN_FILE = "run.json";

  /** Ends the name of a directory whose run has not finished. */
  public static final String PARTIAL_SUFFIX = ".partial";

  private final Path path;
  private final RunFile run;

  private RunDirectory(Path path, RunFile run) {
    this.path = path;
    this.run = run;
  }

  /**
   * Opens the results of a finished run.
   *
   * @throws RunFormatException if the directory is no run directory, its run did not finish, or
   *     {@code run.json} or a histogram file is missing or damaged
   */
  public static RunDirectory read(Path directory) throws IOException {
    if (Files.exists(directory)
        && String.valueOf(directory.toAbsolutePath().normalize().getFileName())
            .endsWith(PARTIAL_SUFFIX)) {
      throw new RunFormatException(
          "%s is of a run that did not finish: its results are not complete".formatted(directory));
    }
    return readUnfinished(directory);
  }

  /**
   * Opens a run directory whatever its name, for the bench itself, which draws its reports before
   * it gives the directory its final name.
   *
   * @throws RunFormatException as {@link #read}
   */
  public static RunDirectory readUnfinished(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      throw new RunFormatException("%s does not exist".formatted(directory));
    }
    if (!Files.isDirectory(directory)) {
      throw new RunFormatException("%s is no directory".formatted(directory));
    }
    Path runFile = directory.resolve(RUN_FILE);
    if (!Files.exists(runFile)) {
      throw new RunFormatException(
          "%s is no run directory: it has no %s".formatted(directory, RUN_FILE));
    }
    RunDirectory result = new RunDirectory(directory, RunFile.read(runFile));
    result.requireHistograms(result.run.cells());
    result.requireHistograms(result.run.twinCells());
    return result;
  }

  private void requireHistograms(List<Cell> cells) throws RunFormatException {
    for (Cell cell : cells) {
      Path histogram = path.resolve(cell.histogram());
      if (!Files.isReadable(histogram)) {
        throw new RunFormatException(
            "%s does not exist or may not be read, but %s names it".formatted(histogram, RUN_FILE));
      }
    }
  }

  /** Where the run lies. */
  public Path path() {
    return path;
  }

  /** What was run and measured. */
  public RunFile run() {
    return run;
  }

  /**
   * Reads the histograms of a cell from its file.
   *
   * @throws RunFormatException if the file is damaged or does not hold the cell's rounds
   */
  public CellHistograms histograms(Cell cell) throws IOException {
    return HistogramFile.read(path.resolve(cell.histogram()), cell.throughput().rounds());
  }
}
