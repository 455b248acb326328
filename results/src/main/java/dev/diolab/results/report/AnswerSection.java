package dev.diolab.results.report;

import dev.diolab.results.chart.Palette;
import dev.diolab.results.compare.Choice;
import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.Crossover;
import dev.diolab.results.compare.Ranking;
import dev.diolab.results.compare.Subject;
import java.util.ArrayList;
import java.util.List;

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
    rankings.forEach(ranking -> crossover(ranking.comparison(), reasons));
    reasons.addAll(findings);
    if (!reasons.isEmpty()) {
      page.bullets(reasons);
    }
  }

  private static void crossover(Comparison comparison, List<String> reasons) {
    Subject subject = comparison.subject();
    Crossover.of(comparison)
        .ifPresent(sentence -> reasons.add(subject.variantOnDevice() + ": " + sentence));
  }
}
