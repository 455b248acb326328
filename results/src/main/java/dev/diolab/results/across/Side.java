package dev.diolab.results.across;

import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.TwinPairs;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.RunDirectory;
import dev.diolab.results.run.RunFile;
import dev.diolab.results.run.RunFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the runs.
 *
 * @param name a short name: a letter, from A on
 * @param source its raw files
 * @param cells what was measured, in the order of the run
 */
public record Side(String name, RunDirectory source, Map<Place, Measured> cells) {

  /**
   * Reads a run.
   *
   * @param index from 0 on
   * @throws RunFormatException if the run is damaged, or two of its cells differ in the disk only
   */
  static Side read(int index, RunDirectory source) throws IOException {
    List<Measured> measured = read(source, source.run().cells());
    TwinPairs twins = TwinPairs.of(measured, read(source, source.run().twinCells()));
    Map<Place, Measured> cells = new LinkedHashMap<>();
    for (Measured one : twins.withFloors(measured)) {
      Place place = Place.of(one.cell().key());
      if (cells.put(place, one) != null) {
        throw new RunFormatException(
            "%s holds two cells that differ in the disk only (%s), so it cannot be laid beside another run"
                .formatted(source.path(), place));
      }
    }
    return new Side(name(index), source, cells);
  }

  private static List<Measured> read(RunDirectory source, List<Cell> cells) throws IOException {
    List<Measured> measured = new ArrayList<>();
    for (Cell cell : cells) {
      measured.add(Measured.of(cell, source.histograms(cell)));
    }
    return measured;
  }

  /** A to Z, then A1 to Z1, and so on. */
  static String name(int index) {
    int letters = 'Z' - 'A' + 1;
    String letter = String.valueOf((char) ('A' + index % letters));
    return index < letters ? letter : letter + index / letters;
  }

  /** Where the run lies. */
  public Path directory() {
    return source.path();
  }

  /** What was run. */
  public RunFile run() {
    return source.run();
  }

  /** What was measured at a place, if anything was. */
  public Optional<Measured> at(Place place) {
    return Optional.ofNullable(cells.get(place));
  }

  /** What the environment says, or {@code unknown}. */
  public String environment(String name) {
    return String.valueOf(run().environment().getOrDefault(name, "unknown"));
  }
}
