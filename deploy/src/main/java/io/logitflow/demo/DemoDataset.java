package io.logitflow.demo;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Data sets that the demo ships, each with models that were trained on another part of it. */
enum DemoDataset {
  /** Images of clothes, 784 pixels, 10 classes. */
  FASHION_MNIST("fashion-mnist", "fashion", 784, 10, 2),
  /** US domestic flights, 57 features, 4 classes of how late they arrive. */
  FLIGHTS("flights", "flights", 57, 4, 1),
  /** Small images of digits, 64 pixels, 10 classes. */
  DIGITS("digits", "digits", 64, 10, 1);

  /** Id, time, framing and what Kafka adds, roughly. */
  private static final int RECORD_OVERHEAD_BYTES = 60;

  private final String text;
  private final String model;
  private final int features;
  private final int classes;
  private final int rolledPlaces;

  DemoDataset(String text, String model, int features, int classes, int rolledPlaces) {
    this.text = text;
    this.model = model;
    this.features = features;
    this.classes = classes;
    this.rolledPlaces = rolledPlaces;
  }

  /** Name of the model that is published. */
  String model() {
    return model;
  }

  /** What a record leaves on the topics of features, labels and predictions, roughly, in bytes. */
  long bytesPerRecord() {
    return (long) features * Float.BYTES + 2L * classes * Float.BYTES + 4L * RECORD_OVERHEAD_BYTES;
  }

  /** By how many places every feature moves when a drift is asked for: enough to be harmful. */
  int rolledPlaces() {
    return rolledPlaces;
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return text;
  }

  /**
   * The data set of a name.
   *
   * @throws IllegalArgumentException naming those that exist
   */
  static DemoDataset of(String text) {
    return Arrays.stream(values())
        .filter(dataset -> dataset.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no data set of the demo: expected %s"
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(DemoDataset::toString)
                                .collect(Collectors.joining(", ")))));
  }
}
