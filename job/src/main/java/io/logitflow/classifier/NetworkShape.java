package io.logitflow.classifier;

import io.logitflow.classifier.output.MultiLabelSigmoid;
import io.logitflow.classifier.output.OutputFunction;
import io.logitflow.classifier.output.Softmax;
import java.util.List;
import java.util.Optional;

/**
 * What goes into a network and what comes out of its output function.
 *
 * @param featureCount features of a record, at least 1
 * @param classCount at least 2, or 1 if a record may have any number of labels
 */
record NetworkShape(int featureCount, int classCount) {

  /**
   * The shape of a network of layers.
   *
   * @throws InvalidModelException if a layer is invalid by itself, or does not take what the one
   *     before it yields, or the output function does not take what the last one yields
   */
  static NetworkShape of(List<Layer> layers, OutputFunction outputFunction)
      throws InvalidModelException {
    if (layers.isEmpty()) {
      throw new InvalidModelException("layers is empty, expected at least one linear layer");
    }
    int inputs = inputs(layers);
    return new NetworkShape(inputs, classes(outputs(layers, inputs), outputFunction));
  }

  /**
   * The shape of a network in a file of another program. The number of its outputs is known to who
   * named its classes.
   *
   * @throws InvalidModelException if the artifact is invalid, its classes have no names, or the
   *     output function is none for artifacts
   */
  static NetworkShape of(
      Artifact artifact, OutputFunction outputFunction, Optional<List<String>> classNames)
      throws InvalidModelException {
    artifact.check();
    if (classNames.isEmpty()) {
      throw new InvalidModelException(
          "classNames is missing, expected the names of the classes that the artifact is for");
    }
    if (!(outputFunction instanceof Softmax) && !(outputFunction instanceof MultiLabelSigmoid)) {
      throw new InvalidModelException(
          "outputFunction is %s, expected softmax or sigmoid for an artifact"
              .formatted(ModelParts.of(outputFunction).type()));
    }
    return new NetworkShape(
        artifact.featureCount(), classes(classNames.get().size(), outputFunction));
  }

  private static int inputs(List<Layer> layers) throws InvalidModelException {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).check("layers[" + i + "]");
    }
    return layers
        .get(0)
        .expectedInputs()
        .orElseThrow(
            () ->
                new InvalidModelException(
                    "layers[0] is %s, expected a layer with weights"
                        .formatted(layers.get(0).type())));
  }

  private static int outputs(List<Layer> layers, int features) throws InvalidModelException {
    int width = features;
    for (int i = 0; i < layers.size(); i++) {
      int expected = layers.get(i).expectedInputs().orElse(width);
      if (expected != width) {
        throw new InvalidModelException(
            "layers[%d] of type %s takes %d inputs, expected %d, the outputs of layers[%d]"
                .formatted(i, layers.get(i).type(), expected, width, i - 1));
      }
      width = layers.get(i).outputs(width);
    }
    return width;
  }

  private static int classes(int outputs, OutputFunction outputFunction)
      throws InvalidModelException {
    try {
      return outputFunction.classes(outputs);
    } catch (IllegalArgumentException e) {
      throw new InvalidModelException("the network has " + e.getMessage(), e);
    }
  }
}
