package io.logitflow.learning;

import io.logitflow.label.LabelGroup;
import io.logitflow.label.TrueLabel;
import io.logitflow.label.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What labels say, as text: the name of a class, or its index in digits while nobody has named the
 * classes.
 *
 * @param names names of the classes; empty if nobody has named them, so that any label names one
 */
record LabelTexts(List<String> names) {

  LabelTexts {
    names = List.copyOf(names);
  }

  /**
   * The label that counts: the one that the feedback job counts for a prediction of that record.
   * While nobody has named the classes, the smallest text counts of equally late ones.
   *
   * @param time event time of the record in ms since the epoch
   * @param maturity how long after its event time a record can be labelled, in ms
   */
  Optional<String> latest(long time, List<LabelGroup> groups, long maturity) {
    List<String> known =
        names.isEmpty()
            ? groups.stream().map(group -> text(group.label())).distinct().sorted().toList()
            : names;
    Verdict verdict = Verdict.of(time, groups, label -> indexOf(label, known), maturity);
    return verdict.isLabelled() ? Optional.of(known.get(verdict.trueClass())) : Optional.empty();
  }

  private int indexOf(TrueLabel label, List<String> known) {
    if (label.name() == null && !names.isEmpty()) {
      return label.index() < known.size() ? label.index() : -1;
    }
    return known.indexOf(text(label));
  }

  private static String text(TrueLabel label) {
    return label.name() == null ? Integer.toString(label.index()) : label.name();
  }
}
