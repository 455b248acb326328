package dev.diolab.results.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * An interval around a positive figure by Student's t on its logarithm: scatter of speeds and times
 * is relative, and t is right for few rounds, where a bootstrap over them covers too little.
 *
 * @param value the figure, above 0
 * @param logError standard error of the logarithm of the figure, finite, not negative
 * @param freedom degrees of freedom of that error, above 0
 */
record StudentInterval(double value, double logError, double freedom) {

  ConfidenceInterval ends() {
    if (logError == 0) {
      return new ConfidenceInterval(value, value);
    }
    double tail = (1 - ConfidenceInterval.CONFIDENCE) / 2;
    double reach = Math.exp(TDistribution.of(freedom).inverseSurvivalProbability(tail) * logError);
    return new ConfidenceInterval(value / reach, value * reach);
  }

  /** How likely a figure is that lies at least so far from 1 when the true one is 1. */
  double chanceUnderOne() {
    double distance = Math.abs(Math.log(value));
    if (logError == 0) {
      return distance == 0 ? 1 : 0;
    }
    return 2 * TDistribution.of(freedom).survivalProbability(distance / logError);
  }
}
