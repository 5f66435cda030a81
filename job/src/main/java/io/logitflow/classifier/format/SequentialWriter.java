package io.logitflow.classifier.format;

import io.logitflow.classifier.BatchNormLayer;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Layer;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.LowRankLinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelPart;
import io.logitflow.classifier.ModelParts;
import io.logitflow.classifier.SparseLinearLayer;
import io.logitflow.classifier.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The layers of a model as tensors of an {@code nn.Sequential}, and what these do not say. */
final class SequentialWriter {

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final SortedMap<Integer, ModelPart> described = new TreeMap<>();
  private int next;

  private SequentialWriter() {}

  /**
   * Names the tensors of a model.
   *
   * @throws InvalidModelException if PyTorch has no such layer
   */
  static SequentialWriter of(Model model) throws InvalidModelException {
    SequentialWriter writer = new SequentialWriter();
    for (Layer layer : model.layers()) {
      if (layer instanceof SparseLinearLayer) {
        throw new InvalidModelException(
            "model %s has a sparse linear layer, which an nn.Sequential has not: write it to .avro"
                .formatted(model));
      }
      writer.add(layer);
    }
    return writer;
  }

  private void add(Layer layer) {
    if (layer instanceof LinearLayer linear) {
      put("weight", Optional.of(linear.weight()));
      put("bias", linear.bias());
    } else if (layer instanceof LowRankLinearLayer lowRank) {
      put("weight", Optional.of(lowRank.right()));
      next++;
      put("weight", Optional.of(lowRank.left()));
      put("bias", lowRank.bias());
    } else if (layer instanceof BatchNormLayer norm) {
      put("weight", norm.weight());
      put("bias", norm.bias());
      put("running_mean", Optional.of(norm.mean()));
      put("running_var", Optional.of(norm.variance()));
      ModelPart part = ModelParts.of(layer);
      described.put(next, new ModelPart(part.type(), Map.of(), part.parameters()));
    } else {
      described.put(next, ModelParts.of(layer));
    }
    next++;
  }

  private void put(String piece, Optional<Tensor> tensor) {
    tensor.ifPresent(present -> tensors.put(next + "." + piece, present));
  }

  /** The tensors by their names, in the order of the layers. */
  Map<String, Tensor> tensors() {
    return tensors;
  }

  /** What is at the indices that are no linear layers. */
  SortedMap<Integer, ModelPart> described() {
    return described;
  }
}
