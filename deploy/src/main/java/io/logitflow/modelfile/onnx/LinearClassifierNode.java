package io.logitflow.modelfile.onnx;

import io.logitflow.classifier.Activation;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Tensor;
import io.logitflow.classifier.output.Softmax;
import java.util.List;
import java.util.Optional;

/**
 * {@code ai.onnx.ml:LinearClassifier}, as scikit-learn's linear classifiers are written: label and
 * scores {@code W x + b} after a post transform.
 *
 * <p>{@code LOGISTIC} of two classes has the rows {@code -w} and {@code w}, or the second of them
 * only: its probabilities {@code sigmoid(-s)} and {@code sigmoid(s)} are the softmax of {@code -s /
 * 2} and {@code s / 2}, and half of a float is exact. Of other rows it is one logistic function per
 * class.
 */
final class LinearClassifierNode {

  private LinearClassifierNode() {}

  static String read(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    List<String> labels = labels(node);
    float[] coefficients = node.numbers("coefficients");
    float[] intercepts = node.numbers("intercepts");
    String transform = node.text("post_transform", "NONE");
    node.ignore("multi_class");
    int width = chain.width(node);
    int rows = rows(node, labels, coefficients, width);
    if (intercepts.length != 0 && intercepts.length != rows) {
      throw new InvalidModelException(
          "attribute intercepts of %s has %d numbers, expected %d"
              .formatted(node.where(), intercepts.length, rows));
    }
    boolean isLogistic = transform.equals("LOGISTIC");
    if (rows == 1) {
      if (!isLogistic) {
        throw node.not("has one row of coefficients for two classes and " + transform);
      }
      coefficients = withNegated(coefficients);
      intercepts = withNegated(intercepts);
    }
    boolean isBinary =
        isLogistic && labels.size() == 2 && isNegated(coefficients) && isNegated(intercepts);
    if (isBinary) {
      halve(coefficients);
      halve(intercepts);
    }
    chain.addLinear(
        node,
        new LinearLayer(
            Tensor.float32(coefficients, labels.size(), coefficients.length / labels.size()),
            intercepts.length == 0
                ? Optional.empty()
                : Optional.of(Tensor.float32(intercepts, labels.size()))));
    chain.nameClasses(labels);
    if (isBinary || transform.equals("SOFTMAX")) {
      chain.end(node, new Softmax());
    } else if (isLogistic) {
      chain.add(node, Activation.SIGMOID);
    } else if (!transform.equals("NONE")) {
      throw node.not("has the post transform " + transform);
    }
    return node.output(1);
  }

  private static List<String> labels(Node node) throws NotLayersException, InvalidModelException {
    Optional<List<String>> texts = node.texts("classlabels_strings");
    Optional<List<Long>> integers = node.integers("classlabels_ints");
    List<String> labels =
        texts.orElseGet(() -> integers.orElse(List.of()).stream().map(String::valueOf).toList());
    if (labels.size() < 2) {
      throw node.not("names %d classes, expected at least 2".formatted(labels.size()));
    }
    return labels;
  }

  private static int rows(Node node, List<String> labels, float[] coefficients, int width)
      throws InvalidModelException {
    int rows = labels.size();
    if (width != Chain.UNKNOWN && rows == 2 && coefficients.length == width) {
      return 1;
    }
    boolean fits =
        width == Chain.UNKNOWN
            ? coefficients.length > 0 && coefficients.length % rows == 0
            : coefficients.length == (long) rows * width;
    if (!fits) {
      throw new InvalidModelException(
          "attribute coefficients of %s has %d numbers, expected %s for %d classes"
              .formatted(
                  node.where(),
                  coefficients.length,
                  width == Chain.UNKNOWN ? "a multiple" : String.valueOf((long) rows * width),
                  rows));
    }
    return rows;
  }

  private static float[] withNegated(float[] row) {
    float[] both = new float[2 * row.length];
    for (int i = 0; i < row.length; i++) {
      both[i] = -row[i];
      both[row.length + i] = row[i];
    }
    return both;
  }

  private static boolean isNegated(float[] rows) {
    int half = rows.length / 2;
    for (int i = 0; i < half; i++) {
      if (rows[i] != -rows[half + i]) {
        return false;
      }
    }
    return true;
  }

  private static void halve(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= 2;
    }
  }
}
