package io.logitflow.benchmarks.pipeline;

import java.util.List;

/**
 * The topics that a run has for itself.
 *
 * @param predictions where predictions go; empty at the start
 * @param models where models come from
 */
record RunTopics(String predictions, String models) {

  private static final String SEPARATOR = "\t";

  /** Topics named after a run. */
  static RunTopics of(Variant variant, int run) {
    String suffix = "-" + variant + "-" + run;
    return new RunTopics("predictions" + suffix, "models" + suffix);
  }

  String toLine() {
    return String.join(SEPARATOR, predictions, models);
  }

  static RunTopics fromLine(String line) {
    List<String> fields = List.of(line.split(SEPARATOR));
    return new RunTopics(fields.get(0), fields.get(1));
  }
}
