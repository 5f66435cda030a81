package io.logitflow.modelfile.onnx;

import io.logitflow.classifier.BatchNormLayer;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Sums and products with a constant vector: bias, scaler, batch normalisation. */
final class ElementwiseNodes {

  /** Those whose other input may come first. */
  static final Set<String> MAY_TAKE_ROWS_SECOND = Set.of("Add", "Sub", "Mul");

  /** What ONNX takes if a node does not say it. */
  private static final double DEFAULT_EPSILON = 1e-5f;

  private ElementwiseNodes() {}

  /** {@code x + c}: the bias of a linear layer that has none, if it comes after one. */
  static String add(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    int width = chain.knownWidth(node);
    Tensor constant = Vectors.asVector(node, node.isConstant(1) ? 1 : 0, width);
    if (chain.output().isEmpty()
        && chain.last().orElse(null) instanceof LinearLayer linear
        && linear.bias().isEmpty()) {
      chain.replaceLast(LinearLayer.of(linear.weight(), constant));
    } else {
      chain.addAffine(node, new double[width], filled(width, 1), constant.toDoubles());
    }
    return node.output(0);
  }

  /** {@code x - c} or {@code c - x}. */
  static String subtract(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    int width = chain.knownWidth(node);
    if (node.isConstant(1)) {
      double[] constant = Vectors.asVector(node, 1, width).toDoubles();
      chain.addAffine(node, constant, filled(width, 1), new double[width]);
    } else {
      double[] constant = Vectors.asVector(node, 0, width).toDoubles();
      chain.addAffine(node, constant, filled(width, -1), new double[width]);
    }
    return node.output(0);
  }

  /** {@code c x}. */
  static String multiply(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    int width = chain.knownWidth(node);
    double[] constant = Vectors.asVector(node, node.isConstant(1) ? 1 : 0, width).toDoubles();
    chain.addAffine(node, new double[width], constant, new double[width]);
    return node.output(0);
  }

  /** {@code x / c}. */
  static String divide(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    int width = chain.knownWidth(node);
    double[] constant = Vectors.asVector(node, 1, width).toDoubles();
    if (Arrays.stream(constant).anyMatch(c -> c == 0)) {
      throw new InvalidModelException("%s divides by 0".formatted(node.where()));
    }
    double[] factor = Arrays.stream(constant).map(c -> 1 / c).toArray();
    chain.addAffine(node, new double[width], factor, new double[width]);
    return node.output(0);
  }

  /** {@code (x - mean) / sqrt(variance + epsilon) scale + bias}. */
  static String batchNormalisation(Node node, Chain chain)
      throws NotLayersException, InvalidModelException {
    int width = chain.knownWidth(node);
    node.ignore("momentum");
    double epsilon = node.number("epsilon", DEFAULT_EPSILON);
    if (node.integer("training_mode", 0) != 0) {
      throw node.not("normalises by the batch: export the module in the state of inference");
    }
    chain.add(
        node,
        new BatchNormLayer(
            Vectors.asVector(node, 3, width),
            Vectors.asVector(node, 4, width),
            epsilon,
            Optional.of(Vectors.asVector(node, 1, width)),
            Optional.of(Vectors.asVector(node, 2, width))));
    return node.output(0);
  }

  /** {@code (x - offset) scale}, as a standard scaler. */
  static String scaler(Node node, Chain chain) throws NotLayersException, InvalidModelException {
    float[] offset = node.numbers("offset");
    float[] scale = node.numbers("scale");
    int width = chain.width(node);
    if (width == Chain.UNKNOWN) {
      width = Math.max(offset.length, scale.length);
      chain.setWidth(width);
    }
    chain.addAffine(
        node,
        broadcast(node, "offset", offset, width),
        broadcast(node, "scale", scale, width),
        new double[width]);
    return node.output(0);
  }

  private static double[] broadcast(Node node, String name, float[] values, int width)
      throws InvalidModelException {
    if (values.length != width && values.length != 1) {
      throw new InvalidModelException(
          "attribute %s of %s has %d numbers, expected %d"
              .formatted(name, node.where(), values.length, width));
    }
    double[] broadcast = new double[width];
    Arrays.setAll(broadcast, i -> values[values.length == 1 ? 0 : i]);
    return broadcast;
  }

  private static double[] filled(int width, double value) {
    double[] values = new double[width];
    Arrays.fill(values, value);
    return values;
  }
}
