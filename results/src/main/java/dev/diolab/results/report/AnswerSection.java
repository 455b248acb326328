package dev.diolab.results.report;

import dev.diolab.results.chart.Palette;
import dev.diolab.results.compare.Choice;
import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.Crossover;
import dev.diolab.results.compare.Ranking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one workload says to its question: whom to choose, the ranking, and why in short.
 *
 * @param workload its name
 * @param comparisons of the workload, at least one
 * @param findings what was found of the workload besides
 */
record AnswerSection(String workload, List<Comparison> comparisons, List<String> findings) {
  void writeTo(Page page, Palette palette) {
    page.workload(workload);
    Wording.question(workload).ifPresent(page::paragraph);
    List<Ranking> rankings = Ranking.answering(comparisons);
    Choice choice = Choice.of(rankings);
    choice.sentence().ifPresent(page::conclusion);
    AnswerTable.of(rankings, palette).ifPresent(page::table);
    List<String> reasons = new ArrayList<>();
    choice.reason().ifPresent(reasons::add);
    reasons.addAll(crossovers(rankings));
    reasons.addAll(findings);
    if (!reasons.isEmpty()) {
      page.bullets(reasons);
    }
  }

  /** A sentence for each change of the lead, with all variants in which it is the same. */
  private static List<String> crossovers(List<Ranking> rankings) {
    Map<String, List<String>> variants = new LinkedHashMap<>();
    for (Ranking ranking : rankings) {
      String variant = ranking.comparison().subject().variantOnDevice();
      Crossover.of(ranking.comparison())
          .ifPresent(
              sentence ->
                  variants.computeIfAbsent(sentence, any -> new ArrayList<>()).add(variant));
    }
    List<String> sentences = new ArrayList<>();
    variants.forEach(
        (sentence, where) -> sentences.add(String.join("; ", where) + ": " + sentence));
    return sentences;
  }
}
