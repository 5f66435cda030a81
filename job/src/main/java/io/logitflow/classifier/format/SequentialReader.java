package io.logitflow.classifier.format;

import io.logitflow.classifier.Activation;
import io.logitflow.classifier.BatchNormLayer;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Layer;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.LowRankLinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelPart;
import io.logitflow.classifier.ModelParts;
import io.logitflow.classifier.Tensor;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** The layers of an {@code nn.Sequential}, from its tensors and its description. */
final class SequentialReader {

  /** What {@code nn.BatchNorm1d} and {@code nn.LeakyReLU} have unless told otherwise. */
  private static final double DEFAULT_EPSILON = 1e-5;

  private static final double DEFAULT_SLOPE = 0.01;

  private static final Set<String> LINEAR = Set.of("weight", "bias");
  private static final Set<String> BATCH_NORM =
      Set.of("weight", "bias", "running_mean", "running_var", "num_batches_tracked");

  /** They do nothing at inference to records that are rows already. */
  private static final Set<String> WITHOUT_EFFECT = Set.of("DROPOUT", "IDENTITY", "FLATTEN");

  private static final Set<String> SOFTMAX = Set.of("SOFTMAX", "LOG_SOFTMAX");

  private final String file;
  private final SafetensorsReader tensors;
  private final SortedMap<Integer, Map<String, String>> names;
  private final ModelDescription description;

  SequentialReader(
      String file,
      SafetensorsReader tensors,
      SortedMap<Integer, Map<String, String>> names,
      ModelDescription description) {
    this.file = file;
    this.tensors = tensors;
    this.names = names;
    this.description = description;
  }

  /** Gives a model its layers, and the output function that the last of them is. */
  void addTo(Model.Builder builder) throws InvalidModelException {
    SortedSet<Integer> known = new TreeSet<>(names.keySet());
    known.addAll(description.layers().keySet());
    int length = 1 + known.last();
    checkNoneMissing(known, length);
    List<Layer> layers = new ArrayList<>();
    for (int index = 0; index < length; index++) {
      layer(index, index == length - 1).ifPresent(layers::add);
    }
    if (description.output().isEmpty()
        && !layers.isEmpty()
        && layers.get(layers.size() - 1).equals(Activation.SIGMOID)) {
      layers.remove(layers.size() - 1);
      builder.outputFunction(new MultiLabelSigmoid(MultiLabelSigmoid.DEFAULT_THRESHOLD));
    }
    builder.layers(LowRankLinearLayer.joinedIn(layers));
  }

  private void checkNoneMissing(Set<Integer> known, int length) throws InvalidModelException {
    List<Integer> missing = new ArrayList<>();
    for (int index = 0; index < length; index++) {
      if (!known.contains(index)) {
        missing.add(index);
      }
    }
    if (!missing.isEmpty()) {
      throw new InvalidModelException(
          ("%s: the nn.Sequential has no tensors at %s, which may be activations: say in %s what"
                  + " they are, e.g. {\"layers\": {\"%d\": \"relu\"}}")
              .formatted(file, missing, description.place(), missing.get(0)));
    }
  }

  private Optional<Layer> layer(int index, boolean last) throws InvalidModelException {
    Map<String, String> pieces = names.get(index);
    Optional<ModelPart> said = Optional.ofNullable(description.layers().get(index));
    if (pieces == null) {
      return withoutTensors(index, said.orElseThrow(), last);
    }
    Layer layer =
        pieces.containsKey("running_mean") ? batchNorm(index, pieces, said) : linear(index, pieces);
    if (said.isPresent() && !said.get().type().equals(layer.type())) {
      throw new InvalidModelException(
          "%s: layers.%d is %s, but %s has the tensors %s of %s there"
              .formatted(
                  description.place(),
                  index,
                  said.get().type(),
                  file,
                  pieces.keySet(),
                  layer.type()));
    }
    return Optional.of(layer);
  }

  private Optional<Layer> withoutTensors(int index, ModelPart said, boolean last)
      throws InvalidModelException {
    String where = "%s: layers.%d".formatted(description.place(), index);
    if (WITHOUT_EFFECT.contains(said.type())) {
      return Optional.empty();
    }
    if (SOFTMAX.contains(said.type())) {
      if (!last || description.output().isPresent()) {
        throw new InvalidModelException(
            where + " is a softmax, expected it at the end, and no \"output\" beside it");
      }
      return Optional.empty();
    }
    return Optional.of(
        ModelParts.layer(where, PartJson.withDefault(said, "LEAKY_RELU", "slope", DEFAULT_SLOPE)));
  }

  private Layer linear(int index, Map<String, String> pieces) throws InvalidModelException {
    checkPieces(index, pieces, LINEAR);
    return new LinearLayer(tensor(index, pieces, "weight"), optional(pieces, "bias"));
  }

  private Layer batchNorm(int index, Map<String, String> pieces, Optional<ModelPart> said)
      throws InvalidModelException {
    checkPieces(index, pieces, BATCH_NORM);
    if (said.isEmpty()) {
      throw new InvalidModelException(
          ("%s: tensor \"%s\" is of a batch normalisation, whose epsilon no tensor tells: say in %s"
                  + " {\"layers\": {\"%d\": {\"type\": \"batch_norm\", \"epsilon\": 1e-5}}}")
              .formatted(file, pieces.get("running_mean"), description.place(), index));
    }
    Map<String, Double> parameters = new HashMap<>(said.get().parameters());
    Double epsilon = parameters.remove("epsilon");
    if (!parameters.isEmpty()) {
      throw new InvalidModelException(
          "%s: layers.%d has %s, expected epsilon"
              .formatted(description.place(), index, parameters.keySet()));
    }
    return new BatchNormLayer(
        tensor(index, pieces, "running_mean"),
        tensor(index, pieces, "running_var"),
        epsilon == null ? DEFAULT_EPSILON : epsilon,
        optional(pieces, "weight"),
        optional(pieces, "bias"));
  }

  private void checkPieces(int index, Map<String, String> pieces, Set<String> expected)
      throws InvalidModelException {
    if (!expected.containsAll(pieces.keySet())) {
      throw new InvalidModelException(
          "%s: found the tensors %s at %d, expected %s"
              .formatted(file, pieces.values(), index, new TreeSet<>(expected)));
    }
  }

  private Tensor tensor(int index, Map<String, String> pieces, String piece)
      throws InvalidModelException {
    return optional(pieces, piece)
        .orElseThrow(
            () ->
                new InvalidModelException(
                    "%s: found the tensors %s at %d, but no %s"
                        .formatted(file, pieces.values(), index, piece)));
  }

  private Optional<Tensor> optional(Map<String, String> pieces, String piece)
      throws InvalidModelException {
    String name = pieces.get(piece);
    return name == null ? Optional.empty() : Optional.of(tensors.tensor(name));
  }
}
