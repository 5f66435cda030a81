package io.logitflow.endtoend;

import io.logitflow.classifier.Artifact;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Tensor;
import java.time.Instant;
import java.util.List;

/**
 * A small model whose labels can be told without it: it labels a record of {@link TestRecords} with
 * the record's largest feature plus {@code shift}, modulo the number of classes. Its probabilities
 * follow from the formula of softmax, computed here in float64.
 *
 * @param version version
 * @param shift tells versions apart by their labels
 * @param slope size of the weights; tells versions apart by their probabilities
 * @param inFile whether it is an ONNX file for an engine, not layers of our own
 */
record TestModel(long version, int shift, float slope, boolean inFile) {

  static final String NAME = "shift";
  static final int CLASSES = 3;

  /** Of layers of our own. */
  TestModel(long version, int shift, float slope) {
    this(version, shift, slope, false);
  }

  /** Probabilities of the classes. */
  double[] probabilities(float[] features) {
    double[] exps = new double[CLASSES];
    double sum = 0;
    for (int label = 0; label < CLASSES; label++) {
      double logit = bias(label);
      for (int feature = 0; feature < features.length; feature++) {
        logit += (double) weight(label, feature) * features[feature];
      }
      exps[label] = Math.exp(logit);
      sum += exps[label];
    }
    for (int label = 0; label < CLASSES; label++) {
      exps[label] /= sum;
    }
    return exps;
  }

  /** The label of a record. */
  int label(long record) {
    return (TestRecords.largest(record) + shift) % CLASSES;
  }

  /** The model to publish. */
  Model model() {
    float[] weights = new float[CLASSES * TestRecords.FEATURES];
    float[] biases = new float[CLASSES];
    for (int label = 0; label < CLASSES; label++) {
      biases[label] = bias(label);
      for (int feature = 0; feature < TestRecords.FEATURES; feature++) {
        weights[label * TestRecords.FEATURES + feature] = weight(label, feature);
      }
    }
    try {
      Model.Builder model =
          Model.builder()
              .name(NAME)
              .version(version)
              .createdAt(Instant.EPOCH)
              .classNames(List.of("0", "1", "2"));
      if (inFile) {
        model.artifact(
            new Artifact(
                Artifact.Format.ONNX,
                List.of(TestRecords.FEATURES),
                false,
                OnnxFile.linear(weights, biases, CLASSES, TestRecords.FEATURES)));
      } else {
        model.layers(
            List.of(
                LinearLayer.of(
                    Tensor.float32(weights, CLASSES, TestRecords.FEATURES),
                    Tensor.float32(biases, CLASSES))));
      }
      return model.build();
    } catch (InvalidModelException e) {
      throw new AssertionError(e);
    }
  }

  private float weight(int label, int feature) {
    return (feature + shift) % CLASSES == label ? slope : 0;
  }

  private static float bias(int label) {
    return label * 0.0625f;
  }
}
