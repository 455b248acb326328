package dev.diolab.benchmarks.verify.fsx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Settings that do what tests of xfstests do with fsx or programs like it. Sizes are those of the
 * tests, with 512 for the sector and 4096 for the page.
 */
public enum Preset {
  /** Direct I/O of sectors and pages, without mappings, in small and large operations. */
  GENERIC_091("generic-091") {
    @Override
    public List<Settings> variants(int operations) {
      return List.of(
          direct(operations, 64 * 1024, SECTOR, false),
          direct(operations, 8192, SECTOR, false),
          direct(operations, 32768, SECTOR, false),
          direct(operations, 128_000, SECTOR, false),
          direct(operations, 128_000, PAGE, false));
    }
  },

  /**
   * Writes of less than a block into a sparse file by several threads, which must not zero each
   * other's part of a block.
   */
  GENERIC_240("generic-240") {
    @Override
    public List<Settings> variants(int operations) {
      return List.of(
          new Settings(
              operations,
              500_000,
              2048,
              SECTOR,
              SECTOR,
              SECTOR,
              false,
              false,
              false,
              true,
              false,
              Access.DIRECT,
              false,
              0,
              4));
    }
  },

  /** Direct I/O beside mappings, then direct and buffered I/O in turns. */
  GENERIC_263("generic-263") {
    @Override
    public List<Settings> variants(int operations) {
      return List.of(
          direct(operations, 8192, SECTOR, true),
          direct(operations, 128_000, SECTOR, true),
          mixed(operations, 8192),
          mixed(operations, 128_000));
    }
  };

  private static final int SECTOR = 512;
  private static final int PAGE = 4096;
  private static final int LONGEST_FILE = 500_000;

  private final String label;

  Preset(String label) {
    this.label = label;
  }

  /** The name on the command line. */
  public String label() {
    return label;
  }

  /** The settings, one run each, with {@code operations} in every run. */
  public abstract List<Settings> variants(int operations);

  /** The preset called {@code label}. */
  public static Optional<Preset> byLabel(String label) {
    return Arrays.stream(values()).filter(preset -> preset.label.equals(label)).findFirst();
  }

  /** The names of all presets. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Preset::label).toList();
  }

  private static Settings direct(int operations, int longestOp, int boundary, boolean mapped) {
    return settings(operations, longestOp, PAGE, boundary, mapped, Access.DIRECT);
  }

  private static Settings mixed(int operations, int longestOp) {
    return settings(operations, longestOp, 1, 1, true, Access.MIXED);
  }

  private static Settings settings(
      int operations,
      int longestOp,
      int readBoundary,
      int writeBoundary,
      boolean mapped,
      Access access) {
    return new Settings(
        operations,
        LONGEST_FILE,
        longestOp,
        readBoundary,
        writeBoundary,
        writeBoundary,
        mapped,
        mapped,
        true,
        true,
        true,
        access,
        false,
        0,
        1);
  }
}
