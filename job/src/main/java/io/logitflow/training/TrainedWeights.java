package io.logitflow.training;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.Tensor;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.kernel.Kernels;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import io.logitflow.classifier.output.Softmax;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What training of a linear model yields.
 *
 * @param shape of the parameters
 * @param point the parameters
 * @param normaliser standardisation that they are for; empty for features as they are
 * @param targets that they were trained with
 * @param options that they were trained with
 * @param report how it went
 */
public record TrainedWeights(
    LinearShape shape,
    double[] point,
    Optional<Normaliser> normaliser,
    Targets targets,
    TrainerOptions options,
    TrainingReport report)
    implements TrainingResult {

  @Override
  public Model toModel(ModelIdentity identity, List<float[]> sampleRows)
      throws InvalidModelException {
    Map<String, String> details = new HashMap<>(options.toDetails());
    details.putAll(report.toDetails());
    details.put("kernels", Kernels.of(KernelChoice.AUTO).description());
    return identity.model(
        List.of(layer()),
        normaliser,
        targets == Targets.LABEL_SETS
            ? new MultiLabelSigmoid(MultiLabelSigmoid.DEFAULT_THRESHOLD)
            : new Softmax(),
        details,
        sampleRows);
  }

  private LinearLayer layer() {
    float[] weight = new float[shape.weights()];
    float[] bias = new float[shape.classes()];
    for (int i = 0; i < point.length; i++) {
      if (i < weight.length) {
        weight[i] = (float) point[i];
      } else {
        bias[i - weight.length] = (float) point[i];
      }
    }
    return LinearLayer.of(
        Tensor.float32(weight, shape.classes(), shape.features()),
        Tensor.float32(bias, shape.classes()));
  }
}
