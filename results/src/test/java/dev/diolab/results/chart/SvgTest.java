package dev.diolab.results.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class SvgTest {
  private static final Rectangle2D SQUARE = new Rectangle2D.Double(1, 2, 3.5, 4);
  private static final Color HALF = new Color(1, 2, 3, 51);

  @Test
  void anAreaIsFilledAndAnOutlineStroked() {
    BasicStroke dashed =
        new BasicStroke(
            1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_BEVEL, 10, new float[] {2.5f, 6}, 0.5f);

    assertThat(
            svg(
                new Ink(SQUARE, HALF, null, null),
                new Ink(new Line2D.Double(0, 0, 5, -5), Color.BLUE, dashed, null)))
        .contains(
            """
            <rect x="1" y="2" width="3.5" height="4" style="fill:rgb(1,2,3);fill-opacity:0.2;"/>
            <path d="m0 0l5-5" style="fill:none;stroke:rgb(0,0,255);stroke-width:1.6;\
            stroke-linecap:round;stroke-linejoin:bevel;stroke-dasharray:2.5,6;stroke-dashoffset:0.5;"/>
            </svg>
            """);
  }

  @Test
  void theMiterLimitOfJavaIsSaidWhereItIsNotThatOfSvg() {
    assertThat(svg(new Ink(SQUARE, Color.BLUE, new BasicStroke(2), null)))
        .contains("stroke-width:2;stroke-linecap:square;stroke-miterlimit:10;\"/>");
    BasicStroke four = new BasicStroke(2, BasicStroke.CAP_SQUARE, BasicStroke.JOIN_MITER, 4);
    assertThat(svg(new Ink(SQUARE, Color.BLUE, four, null)))
        .contains("stroke-width:2;stroke-linecap:square;\"/>");
  }

  @Test
  void whatIsClippedAlikeStandsInOneGroup() {
    Ink free = new Ink(SQUARE, Color.BLUE, null, null);
    Ink clipped = new Ink(SQUARE, Color.BLUE, null, new Rectangle2D.Double(5, 6, 7, 8));

    String svg = svg(free, clipped, clipped, free, clipped);

    assertThat(svg)
        .containsOnlyOnce(
            "<clipPath id=\"clip-chart-1\"><rect x=\"5\" y=\"6\" width=\"7\" height=\"8\"/>");
    assertThat(svg.lines().map(line -> line.replaceAll("[ >].*", "")))
        .containsSubsequence("<rect", "<g", "<rect", "<rect", "</g", "<rect", "<g", "<rect", "</g");
  }

  @Test
  void aPageGivesItsColours() {
    Svg svg = Svg.of(List.of(new Ink(SQUARE, Palette.INK, null, null)), "chart", "a < b");

    assertThat(svg.inline())
        .contains("fill:var(--chart-ink);", "<title id=\"title-chart\">a &lt; b</title>");
    assertThat(svg.file()).doesNotContain("var(").contains("<title>a &lt; b</title>");
  }

  private static String svg(Ink... inks) {
    return Svg.of(List.of(inks), "chart", "A chart").file();
  }
}
