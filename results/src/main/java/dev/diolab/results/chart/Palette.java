package dev.diolab.results.chart;

import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.Phase;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How strategies and phases look. Colours follow Okabe and Ito, Color Universal Design (2008), and
 * Paul Tol, Colour Schemes (2021), which people with any kind of colour vision can tell apart;
 * markers tell the same once more. A known strategy looks the same in every run; others get what is
 * left, in the order of their names.
 */
public final class Palette {
  static {
    // Before the first class of AWT is used: nothing here needs a display, and few servers have
    // one.
    System.setProperty("java.awt.headless", "true");
  }

  /** Text and marker colour, plot background, and lines behind the data. */
  static final Color INK = new Color(31, 41, 51);

  static final Color PAPER = new Color(255, 255, 255);
  static final Color GRID = new Color(225, 229, 234);

  /** For what stands beside the data in {@link #INK} and matters less. */
  static final Color MUTED = new Color(144, 156, 168);

  private static final Color CEILING_GREY = new Color(128, 134, 139);

  private static final float LINE_WIDTH = 2.6f;

  private static final Map<String, Shade> KNOWN =
      Map.of(
          "i-mutex", new Shade(new Color(0xD55E00), SeriesMarkers.SQUARE),
          "placeholder", new Shade(new Color(0xE69F00), SeriesMarkers.DIAMOND),
          "overwrite-nolock", new Shade(new Color(0x009E73), SeriesMarkers.TRIANGLE_UP),
          "iomap-endio", new Shade(new Color(0x0072B2), SeriesMarkers.CIRCLE),
          "shared-first", new Shade(new Color(0x56B4E9), SeriesMarkers.TRIANGLE_DOWN),
          "xfs-iolock", new Shade(new Color(0xCC79A7), SeriesMarkers.SQUARE),
          "two-state", new Shade(new Color(0x999933), SeriesMarkers.CIRCLE),
          "range-lock", new Shade(new Color(0xAA4499), SeriesMarkers.DIAMOND));

  /** For strategies from plug-ins. */
  private static final List<Shade> SPARE =
      List.of(
          new Shade(new Color(0x44AA99), SeriesMarkers.TRIANGLE_UP),
          new Shade(new Color(0x8C6BB1), SeriesMarkers.TRIANGLE_DOWN),
          new Shade(new Color(0xA6761D), SeriesMarkers.CIRCLE),
          new Shade(new Color(0xCC6677), SeriesMarkers.DIAMOND));

  private static final Shade CEILING = new Shade(CEILING_GREY, SeriesMarkers.NONE);

  private static final BasicStroke CEILING_STROKE = dashed(7, 5);

  /** The first policy of a strategy is drawn solid, further ones dashed. */
  private static final List<BasicStroke> POLICY_STROKES =
      List.of(
          new BasicStroke(LINE_WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND),
          dashed(11, 4, 2, 4),
          dashed(2, 5),
          dashed(14, 5));

  private final Map<String, Shade> shades = new HashMap<>();
  private final Map<String, List<String>> policies = new HashMap<>();

  private record Shade(Color color, Marker marker) {}

  /** How the lines and markers of one strategy and policy look. */
  public record Look(Color color, Marker marker, BasicStroke stroke) {

    /** The colour for CSS, e.g. {@code #0072b2}. */
    public String css() {
      return "#%06x".formatted(color.getRGB() & 0xFFFFFF);
    }
  }

  private Palette(List<Comparison> comparisons) {
    Map<String, TreeSet<String>> policiesOf = new TreeMap<>();
    for (Comparison comparison : comparisons) {
      for (Measured measured : comparison.members()) {
        CellKey key = measured.cell().key();
        policiesOf.computeIfAbsent(key.strategy(), any -> new TreeSet<>()).add(key.policy());
        if (!measured.isRanked()) {
          shades.put(key.strategy(), CEILING);
        }
      }
    }
    int spare = 0;
    for (Map.Entry<String, TreeSet<String>> entry : policiesOf.entrySet()) {
      policies.put(entry.getKey(), List.copyOf(entry.getValue()));
      Shade known = KNOWN.get(entry.getKey());
      if (shades.putIfAbsent(
              entry.getKey(), known == null ? SPARE.get(spare % SPARE.size()) : known)
          == null) {
        spare += known == null ? 1 : 0;
      }
    }
  }

  /** The looks of all strategies of a run. */
  public static Palette of(List<Comparison> comparisons) {
    return new Palette(comparisons);
  }

  /**
   * The look of a strategy and policy of the run.
   *
   * @throws IllegalArgumentException if they are not of the run
   */
  public Look look(CellKey key) {
    Shade shade = shades.get(key.strategy());
    int policy = policies.getOrDefault(key.strategy(), List.of()).indexOf(key.policy());
    if (shade == null || policy < 0) {
      throw new IllegalArgumentException(key + " is not of this run");
    }
    BasicStroke stroke =
        shade.equals(CEILING) ? CEILING_STROKE : POLICY_STROKES.get(policy % POLICY_STROKES.size());
    return new Look(shade.color, shade.marker, stroke);
  }

  /** The colour of a phase in the stacked chart. */
  static Color phase(Phase phase) {
    return switch (phase) {
      case LOCK_WAIT -> new Color(0xCC3311);
      case MAPPING -> new Color(0x33BBEE);
      case DEVICE -> new Color(0x0077BB);
      case CONVERSION -> new Color(0xEE7733);
      case JOURNAL_WAIT -> new Color(0x009988);
      case TOTAL, SYNC, RESPONSE ->
          throw new IllegalArgumentException(phase + " is no part of a stack");
    };
  }

  /** The colour of the time that no phase accounts for. */
  static Color otherTime() {
    return new Color(0xBBBBBB);
  }

  /** The same colour, half as strong: for the plainer one of two figures of a strategy. */
  static Color light(Color color) {
    return new Color(
        (color.getRed() + 255) / 2, (color.getGreen() + 255) / 2, (color.getBlue() + 255) / 2);
  }

  private static BasicStroke dashed(float... pattern) {
    return new BasicStroke(
        LINE_WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, pattern, 0f);
  }
}
