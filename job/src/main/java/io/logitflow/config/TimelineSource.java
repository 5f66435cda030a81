package io.logitflow.config;

/** What says which version was the champion when. */
public enum TimelineSource {
  /** The predictions, each of which names its version. */
  PREDICTIONS("predictions"),
  /** The decisions, where predictions are gone. */
  DECISIONS("decisions");

  private final String text;

  TimelineSource(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
