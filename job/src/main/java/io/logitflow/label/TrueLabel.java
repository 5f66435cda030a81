package io.logitflow.label;

import io.logitflow.schema.Label;

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

  /** What a record of the labels topic says. */
  public static TrueLabel of(Label label) {
    long time = label.getTime().toEpochMilli();
    return label.getLabel() instanceof Integer index
        ? ofIndex(time, index, label.getSource())
        : ofName(time, label.getLabel().toString(), label.getSource());
  }
}
