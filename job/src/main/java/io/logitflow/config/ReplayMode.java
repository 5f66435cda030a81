package io.logitflow.config;

/** What a replay asks of the past. */
public enum ReplayMode {
  /** Does each prediction come from the version that it names? */
  AS_SERVED("as-served"),
  /** How would these versions have done, side by side? */
  WITH_MODELS("with-models"),
  /** How did the champions do, each while it was in force? */
  BY_TIMELINE("by-timeline");

  private final String text;

  ReplayMode(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
