package io.logitflow.launcher.models;

import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.Model;
import io.logitflow.plot.ImageShape;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that says whether the features are the pixels of an image. */
public final class ImageOption {

  private static final String NONE = "none";

  @Option(
      names = "--image",
      paramLabel = "WIDTHxHEIGHT",
      description =
          "The features are an image, row by row; by default a square if it has 8x8 pixels or"
              + " more and the features have no names; none: they are no image.")
  private String image;

  /**
   * The shape of the image; empty if the features are none.
   *
   * @throws IOException if the image has another number of pixels than the model has features
   */
  public Optional<ImageShape> shape(Model model) throws IOException {
    if (NONE.equals(image)) {
      return Optional.empty();
    }
    if (image == null) {
      // The sizes of hash tables are squares as well.
      return model.featureNames().isEmpty() && model.featureCount() <= FeatureBatch.WIDEST_DENSE
          ? ImageShape.squareOf(model.featureCount())
          : Optional.empty();
    }
    ImageShape shape;
    try {
      shape = ImageShape.parse(image);
    } catch (IllegalArgumentException e) {
      throw new IOException("--image: " + e.getMessage(), e);
    }
    if (shape.pixels() != model.featureCount()) {
      throw new IOException(
          "--image: %s has %d pixels, but the model has %d features"
              .formatted(shape, shape.pixels(), model.featureCount()));
    }
    return Optional.of(shape);
  }
}
