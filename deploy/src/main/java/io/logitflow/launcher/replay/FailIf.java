package io.logitflow.launcher.replay;

import java.util.Locale;

/** Which comparison fails a replay. */
public enum FailIf {
  /** A version is proved to be worse than the first one. */
  WORSE,
  /** A version is not proved to be better than the first one. */
  NOT_BETTER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
