package io.logitflow.classifier;

import io.logitflow.classifier.output.Entmax15;
import io.logitflow.classifier.output.GumbelSoftmax;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import io.logitflow.classifier.output.OneVsRest;
import io.logitflow.classifier.output.OutputFunction;
import io.logitflow.classifier.output.Softmax;
import io.logitflow.classifier.output.Sparsemax;
import io.logitflow.classifier.output.TopKSoftmax;
import io.logitflow.classifier.output.TopPSoftmax;
import io.logitflow.classifier.output.TreeSoftmax;
import io.logitflow.classifier.output.TwoLevelSoftmax;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers and output functions to and from their stored form: the one place that knows the names of
 * {@code ModelVersion.avsc}.
 */
public final class ModelParts {

  private ModelParts() {}

  /** A layer as it is stored. */
  public static ModelPart of(Layer layer) {
    if (layer instanceof LinearLayer linear) {
      Map<String, Tensor> tensors = new HashMap<>(Map.of("weight", linear.weight()));
      linear.bias().ifPresent(bias -> tensors.put("bias", bias));
      return new ModelPart("LINEAR", tensors, Map.of());
    }
    if (layer instanceof LowRankLinearLayer lowRank) {
      Map<String, Tensor> tensors =
          new HashMap<>(Map.of("left", lowRank.left(), "right", lowRank.right()));
      lowRank.bias().ifPresent(bias -> tensors.put("bias", bias));
      return new ModelPart("LOW_RANK_LINEAR", tensors, Map.of());
    }
    if (layer instanceof SparseLinearLayer sparse) {
      Map<String, Tensor> tensors =
          new HashMap<>(
              Map.of(
                  "values",
                  sparse.values(),
                  "columns",
                  sparse.columns(),
                  "rowStarts",
                  sparse.rowStarts()));
      sparse.bias().ifPresent(bias -> tensors.put("bias", bias));
      return new ModelPart("SPARSE_LINEAR", tensors, Map.of("inputs", (double) sparse.inputs()));
    }
    if (layer instanceof BatchNormLayer norm) {
      Map<String, Tensor> tensors =
          new HashMap<>(Map.of("mean", norm.mean(), "variance", norm.variance()));
      norm.weight().ifPresent(weight -> tensors.put("weight", weight));
      norm.bias().ifPresent(bias -> tensors.put("bias", bias));
      return new ModelPart("BATCH_NORM", tensors, Map.of("epsilon", norm.epsilon()));
    }
    Activation activation = (Activation) layer;
    return new ModelPart(
        activation.function().name(),
        Map.of(),
        activation.function() == Activation.Function.LEAKY_RELU
            ? Map.of("slope", activation.slope())
            : Map.of());
  }

  /**
   * A layer from its stored form.
   *
   * @param where place of the layer, for errors
   * @throws InvalidModelException if the type is unknown, or a piece is missing or unknown
   */
  public static Layer layer(String where, ModelPart part) throws InvalidModelException {
    ModelPartReader reader = new ModelPartReader(where, part);
    Layer layer =
        switch (part.type()) {
          case "LINEAR" -> new LinearLayer(reader.tensor("weight"), reader.optional("bias"));
          case "LOW_RANK_LINEAR" ->
              new LowRankLinearLayer(
                  reader.tensor("left"), reader.tensor("right"), reader.optional("bias"));
          case "SPARSE_LINEAR" ->
              new SparseLinearLayer(
                  reader.integer("inputs"),
                  reader.tensor("values"),
                  reader.tensor("columns"),
                  reader.tensor("rowStarts"),
                  reader.optional("bias"));
          case "BATCH_NORM" ->
              new BatchNormLayer(
                  reader.tensor("mean"),
                  reader.tensor("variance"),
                  reader.number("epsilon"),
                  reader.optional("weight"),
                  reader.optional("bias"));
          case "RELU" -> Activation.RELU;
          case "SIGMOID" -> Activation.SIGMOID;
          case "TANH" -> Activation.TANH;
          case "LEAKY_RELU" -> Activation.leakyRelu(reader.number("slope"));
          default -> throw reader.unknownType("layer");
        };
    reader.checkAllRead();
    return layer;
  }

  /** An output function as it is stored. */
  public static ModelPart of(OutputFunction function) {
    if (function instanceof TopKSoftmax top) {
      return new ModelPart("TOP_K_SOFTMAX", Map.of(), Map.of("k", (double) top.k()));
    }
    if (function instanceof TopPSoftmax top) {
      return new ModelPart("TOP_P_SOFTMAX", Map.of(), Map.of("p", top.p()));
    }
    if (function instanceof TreeSoftmax tree) {
      return new ModelPart(
          "TREE_SOFTMAX",
          Map.of("left", integers(tree.left()), "right", integers(tree.right())),
          Map.of());
    }
    if (function instanceof TwoLevelSoftmax twoLevel) {
      return new ModelPart(
          "TWO_LEVEL_SOFTMAX", Map.of("groups", integers(twoLevel.groups())), Map.of());
    }
    if (function instanceof MultiLabelSigmoid sigmoid) {
      return new ModelPart("SIGMOID", Map.of(), Map.of("threshold", sigmoid.threshold()));
    }
    if (function instanceof GumbelSoftmax gumbel) {
      return new ModelPart(
          "GUMBEL_SOFTMAX",
          Map.of(),
          Map.of("temperature", gumbel.temperature(), "seed", (double) gumbel.seed()));
    }
    if (function instanceof OneVsRest) {
      return new ModelPart("ONE_VS_REST", Map.of(), Map.of());
    }
    if (function instanceof Sparsemax) {
      return new ModelPart("SPARSEMAX", Map.of(), Map.of());
    }
    if (function instanceof Entmax15) {
      return new ModelPart("ENTMAX_15", Map.of(), Map.of());
    }
    return new ModelPart("SOFTMAX", Map.of(), Map.of());
  }

  /**
   * An output function from its stored form.
   *
   * @param where place of the output function, for errors
   * @throws InvalidModelException if the type is unknown, or a piece is missing, unknown or out of
   *     range
   */
  public static OutputFunction outputFunction(String where, ModelPart part)
      throws InvalidModelException {
    ModelPartReader reader = new ModelPartReader(where, part);
    OutputFunction function;
    try {
      function =
          switch (part.type()) {
            case "SOFTMAX" -> new Softmax();
            case "TOP_K_SOFTMAX" -> new TopKSoftmax(reader.integer("k"));
            case "TOP_P_SOFTMAX" -> new TopPSoftmax(reader.number("p"));
            case "SPARSEMAX" -> new Sparsemax();
            case "ENTMAX_15" -> new Entmax15();
            case "TREE_SOFTMAX" ->
                new TreeSoftmax(reader.integers("left"), reader.integers("right"));
            case "TWO_LEVEL_SOFTMAX" -> new TwoLevelSoftmax(reader.integers("groups"));
            case "SIGMOID" -> new MultiLabelSigmoid(reader.number("threshold"));
            case "ONE_VS_REST" -> new OneVsRest();
            case "GUMBEL_SOFTMAX" ->
                new GumbelSoftmax(reader.number("temperature"), reader.integer("seed"));
            default -> throw reader.unknownType("output function");
          };
    } catch (IllegalArgumentException e) {
      throw new InvalidModelException(where + ": " + e.getMessage(), e);
    }
    reader.checkAllRead();
    return function;
  }

  private static Tensor integers(List<Integer> values) {
    return Tensor.int32(values.stream().mapToInt(Integer::intValue).toArray(), values.size());
  }
}
