package io.logitflow.feedback;

/**
 * What somebody says that a record turned out to be.
 *
 * @param time event time of the label in ms since the epoch: when it became known
 * @param index index of the class; not looked at if there is a name
 * @param name name of the class; null: the index says it
 * @param source who says so; null: not said
 */
public record TrueLabel(long time, int index, String name, String source) {

  /** A label that names its class by the index. */
  public static TrueLabel ofIndex(long time, int index, String source) {
    return new TrueLabel(time, index, null, source);
  }

  /** A label that names its class by the name. */
  public static TrueLabel ofName(long time, String name, String source) {
    return new TrueLabel(time, -1, name, source);
  }

  /**
   * Index of the class to a prediction.
   *
   * @return the index, or -1 if the model of the prediction has no such class
   */
  int classOf(ServedPrediction prediction, ClassNames names) {
    int index = name == null ? this.index : names.indexOf(prediction.modelVersion(), name);
    return index >= 0 && index < prediction.classes() ? index : -1;
  }
}
