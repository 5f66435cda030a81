package io.logitflow.generator.drift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A departure of the stream from the data set. */
public sealed interface Drift {

  /** When it sets in. */
  Ramp ramp();

  /**
   * Gaussian noise on every feature.
   *
   * @param deviations standard deviation of the noise, in standard deviations of the feature over
   *     the split; a feature that never varies gets none
   */
  record FeatureNoise(double deviations, Ramp ramp) implements Drift {}

  /**
   * Every feature multiplied.
   *
   * @param factor when complete; 1 changes nothing
   */
  record FeatureScale(double factor, Ramp ramp) implements Drift {}

  /**
   * Every value stands some places further on, those at the end come to the beginning: a camera
   * that was moved, or a column that came in upstream. A model that learns from such records can be
   * as good as before.
   *
   * @param places by how many, negative: towards the beginning
   * @param ramp while it is on its way, that share of the records is rolled
   */
  record FeatureRoll(int places, Ramp ramp) implements Drift {}

  /**
   * Classes become more or less frequent, while what a class looks like stays: rows are left out
   * such that the frequency of a class is in proportion to its weight times its frequency in the
   * data.
   *
   * @param weights by class name or index; 1 for every other class
   */
  record LabelShift(Map<String, Double> weights, Ramp ramp) implements Drift {
    /** Copies. */
    public LabelShift {
      weights = Map.copyOf(weights);
    }
  }

  /**
   * Reads {@code noise:0.5@30s}, {@code scale:1.2@30s..60s}, {@code roll:3@30s} or {@code
   * labels:NAME=5,NAME=0@10000}; without {@code @}, it holds from the start.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Drift parse(String text) {
    int colon = text.indexOf(':');
    int at = text.lastIndexOf('@');
    if (colon < 0) {
      throw unknown(text);
    }
    String kind = text.substring(0, colon);
    String amount = at > colon ? text.substring(colon + 1, at) : text.substring(colon + 1);
    Ramp ramp = at > colon ? Ramp.parse(text.substring(at + 1)) : Ramp.ALWAYS;
    return switch (kind) {
      case "noise" -> new FeatureNoise(number(text, amount, 0), ramp);
      case "scale" -> new FeatureScale(number(text, amount, -1e9), ramp);
      case "roll" -> new FeatureRoll(places(text, amount), ramp);
      case "labels" -> new LabelShift(weights(text, amount), ramp);
      default -> throw unknown(text);
    };
  }

  private static Map<String, Double> weights(String text, String amount) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String part : List.of(amount.split(",", -1))) {
      int equals = part.lastIndexOf('=');
      if (equals < 1) {
        throw unknown(text);
      }
      weights.put(part.substring(0, equals), number(text, part.substring(equals + 1), 0));
    }
    return new TreeMap<>(weights);
  }

  private static int places(String text, String number) {
    if (!number.matches("-?[0-9]{1,9}")) {
      throw unknown(text);
    }
    return Integer.parseInt(number);
  }

  private static double number(String text, String number, double least) {
    try {
      double value = Double.parseDouble(number);
      if (value >= least && value <= 1e9) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw unknown(text);
    }
    throw new IllegalArgumentException(
        "'" + text + "': " + number + " is out of range; expected " + least + " to 1e9");
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is no drift; expected noise:DEVIATIONS, scale:FACTOR, roll:PLACES or"
            + " labels:CLASS=WEIGHT,...,"
            + " and @30s (sudden), @30s..60s (gradual) or the same in records: @10000..20000");
  }
}
