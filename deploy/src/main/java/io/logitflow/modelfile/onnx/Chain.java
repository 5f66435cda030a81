package io.logitflow.modelfile.onnx;

import io.logitflow.classifier.Activation;
import io.logitflow.classifier.BatchNormLayer;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Layer;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.LowRankLinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.Tensor;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import io.logitflow.classifier.output.OutputFunction;
import io.logitflow.modelfile.StatedTraits;
import io.logitflow.modelfile.StatedTraits.Yields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The layers that the nodes so far make, and the shape of what comes out of them. */
final class Chain {

  /** Length of a dimension that the file does not say. */
  static final int UNKNOWN = -1;

  private final List<Layer> layers = new ArrayList<>();
  private List<Integer> rowShape;
  private Optional<Normaliser> normaliser = Optional.empty();
  private Optional<OutputFunction> output = Optional.empty();
  private Optional<List<String>> classNames = Optional.empty();

  /**
   * Begins at the features.
   *
   * @param rowShape shape of one record, with {@link #UNKNOWN} lengths
   */
  Chain(List<Integer> rowShape) {
    this.rowShape = List.copyOf(rowShape);
  }

  /** Shape of one row without the dimension of the batch. */
  List<Integer> rowShape() {
    return rowShape;
  }

  /** Makes every row one vector. */
  void flatten() {
    boolean known = !rowShape.contains(UNKNOWN);
    rowShape = List.of(known ? rowShape.stream().reduce(1, Math::multiplyExact) : UNKNOWN);
  }

  /** Number of elements of a row, which must be a vector; or {@link #UNKNOWN}. */
  int width(Node node) throws NotLayersException {
    if (rowShape.size() != 1) {
      throw node.not("takes rows of shape %s, expected vectors".formatted(rowShape));
    }
    return rowShape.get(0);
  }

  /** Says the number of elements of a row that was {@link #UNKNOWN}. */
  void setWidth(int width) {
    rowShape = List.of(width);
  }

  /** The number of elements of a row, for nodes that cannot do without. */
  int knownWidth(Node node) throws NotLayersException {
    int width = width(node);
    if (width == UNKNOWN) {
      throw node.not("takes rows of a length that the file does not say");
    }
    return width;
  }

  /** Adds {@code y = W x + b}. */
  void addLinear(Node node, LinearLayer layer) throws NotLayersException, InvalidModelException {
    int width = width(node);
    if (width != UNKNOWN && width != layer.inputs()) {
      throw new InvalidModelException(
          "%s has weights for %d inputs, but takes %d"
              .formatted(node.where(), layer.inputs(), width));
    }
    add(node, layer);
    rowShape = List.of(layer.outputs());
  }

  /** Adds a layer that keeps the shape of the rows. */
  void add(Node node, Layer layer) throws NotLayersException {
    if (output.isPresent()) {
      throw node.not("comes after the probabilities");
    }
    layers.add(layer);
  }

  /** Adds {@code y = (x - mean) scale + offset}, element by element. */
  void addAffine(Node node, double[] mean, double[] scale, double[] offset)
      throws NotLayersException {
    int width = knownWidth(node);
    boolean isNormaliser =
        layers.isEmpty()
            && normaliser.isEmpty()
            && Arrays.stream(scale).allMatch(s -> s > 0)
            && Arrays.stream(offset).allMatch(o -> o == 0);
    if (isNormaliser) {
      double[] deviation = Arrays.stream(scale).map(s -> 1 / s).toArray();
      normaliser =
          Optional.of(
              new Normaliser(Tensor.float64(mean, width), Tensor.float64(deviation, width)));
      return;
    }
    double[] ones = new double[width];
    Arrays.fill(ones, 1);
    add(
        node,
        new BatchNormLayer(
            Tensor.float64(mean, width),
            Tensor.float64(ones, width),
            0,
            Optional.of(Tensor.float64(scale, width)),
            Optional.of(Tensor.float64(offset, width))));
  }

  /** The last layer; empty if there is none. */
  Optional<Layer> last() {
    return layers.isEmpty() ? Optional.empty() : Optional.of(layers.get(layers.size() - 1));
  }

  /** Replaces the last layer by another of as many inputs and outputs. */
  void replaceLast(Layer layer) {
    layers.set(layers.size() - 1, layer);
  }

  /** Takes away an activation that is part of an output function. */
  void removeLast() {
    layers.remove(layers.size() - 1);
  }

  /** What turns the scores into probabilities; empty as long as no node did. */
  Optional<OutputFunction> output() {
    return output;
  }

  /** From here on there are probabilities, and no layer may follow. */
  void end(Node node, OutputFunction function) throws NotLayersException {
    if (output.isPresent()) {
      throw node.not("comes after the probabilities");
    }
    output = Optional.of(function);
  }

  /** Names the classes, unless they have names. */
  void nameClasses(List<String> names) {
    if (classNames.isEmpty()) {
      classNames = Optional.of(names);
    }
  }

  /**
   * Gives a model what the nodes make. A logistic function at the end is one of each class.
   *
   * @param stated says whether a graph that ends with logits is for several labels
   */
  void addTo(Model.Builder builder, StatedTraits stated)
      throws NotLayersException, InvalidModelException {
    if (layers.stream().noneMatch(LinearLayer.class::isInstance)) {
      throw new NotLayersException("the graph has no linear layer");
    }
    if (output.isEmpty() && layers.get(layers.size() - 1).equals(Activation.SIGMOID)) {
      removeLast();
      output = Optional.of(new MultiLabelSigmoid(MultiLabelSigmoid.DEFAULT_THRESHOLD));
    }
    if (output.isEmpty() && stated.yields().equals(Optional.of(Yields.probabilities))) {
      throw new InvalidModelException(
          "the graph ends with a layer, which yields logits, but probabilities were stated");
    }
    builder
        .layers(LowRankLinearLayer.joinedIn(layers))
        .outputFunction(output.orElseGet(stated::outputFunction));
    normaliser.ifPresent(builder::normaliser);
    classNames.ifPresent(builder::classNames);
  }
}
