package io.logitflow.launcher.models;

import io.logitflow.classifier.Model;
import io.logitflow.plot.ImageShape;
import java.util.List;
import java.util.Optional;

/** What to call the features of a model. */
public final class FeatureNames {

  private final List<String> names;
  private final Optional<ImageShape> image;

  private FeatureNames(List<String> names, Optional<ImageShape> image) {
    this.names = names;
    this.image = image;
  }

  /**
   * The names that the model has, or else those given, or else the places of pixels, or else
   * numbers from 0.
   *
   * @param others what the source of a record calls them; empty for nothing
   */
  public static FeatureNames of(Model model, List<String> others, Optional<ImageShape> image) {
    return new FeatureNames(model.featureNames().isEmpty() ? others : model.featureNames(), image);
  }

  /** The name of a feature. */
  public String of(int feature) {
    if (!names.isEmpty()) {
      return names.get(feature);
    }
    return image.map(shape -> shape.name(feature)).orElse("feature " + feature);
  }
}
