package io.logitflow.feedback;

/**
 * How far the reporting of a window is.
 *
 * @param revision of the next report
 * @param unmatchedLabels labels without a prediction
 * @param complete whether its labels had the time to come that they are given
 * @param changed whether something came after the last report
 */
public record WindowProgress(
    int revision, long unmatchedLabels, boolean complete, boolean changed) {

  static final WindowProgress BEGUN = new WindowProgress(0, 0, false, false);

  WindowProgress after(WindowPart part) {
    return new WindowProgress(revision, unmatchedLabels + part.unmatchedLabels(), complete, true);
  }

  WindowProgress completed() {
    return new WindowProgress(revision, unmatchedLabels, true, changed);
  }

  WindowProgress reported() {
    return new WindowProgress(revision + 1, unmatchedLabels, complete, false);
  }
}
