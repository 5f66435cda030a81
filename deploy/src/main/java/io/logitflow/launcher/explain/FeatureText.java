package io.logitflow.launcher.explain;

import java.io.IOException;
import java.util.List;

/** Features in text. */
final class FeatureText {

  private FeatureText() {}

  /**
   * Reads features.
   *
   * @param place where the text stands, for errors
   * @param cells a number each
   * @param featureCount how many there must be
   * @throws IOException if there are more or fewer, or one is no finite number
   */
  static float[] parse(String place, List<String> cells, int featureCount) throws IOException {
    if (cells.size() != featureCount) {
      throw new IOException(
          "%s: %d features, but the model takes %d".formatted(place, cells.size(), featureCount));
    }
    float[] features = new float[featureCount];
    for (int i = 0; i < featureCount; i++) {
      features[i] = number(place, i, cells.get(i).strip());
    }
    return features;
  }

  private static float number(String place, int feature, String text) throws IOException {
    float value;
    try {
      value = Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw new IOException(
          "%s: feature %d is '%s', expected a number".formatted(place, feature, text), e);
    }
    if (!Float.isFinite(value)) {
      throw new IOException(
          "%s: feature %d is %s, expected a finite float32; the scoring job refuses such records"
              .formatted(place, feature, text));
    }
    return value;
  }
}
