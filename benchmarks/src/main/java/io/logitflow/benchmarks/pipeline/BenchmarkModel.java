package io.logitflow.benchmarks.pipeline;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Provenance;
import io.logitflow.classifier.Tensor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Models with random weights; how fast a linear model scores does not depend on their values. */
public final class BenchmarkModel {

  private static final long SEED = 20_26;

  private BenchmarkModel() {}

  public static String name(Shape shape) {
    return "benchmark-" + shape;
  }

  /** The model of a shape; always the same. */
  public static Model of(Shape shape) throws InvalidModelException {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] weights = new float[shape.classes() * shape.features()];
    float[] bias = new float[shape.classes()];
    // As small as a trained layer's: the logits of standardised features are about 1.
    double scale = 1 / Math.sqrt(shape.features());
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() * scale);
    }
    for (int i = 0; i < bias.length; i++) {
      bias[i] = (float) (random.nextGaussian() * 0.1);
    }
    return Model.builder()
        .name(name(shape))
        .version(1)
        .createdAt(Instant.EPOCH)
        .classNames(IntStream.range(0, shape.classes()).mapToObj("class %02d"::formatted).toList())
        .layers(
            List.of(
                LinearLayer.of(
                    Tensor.float32(weights, shape.classes(), shape.features()),
                    Tensor.float32(bias, shape.classes()))))
        .provenance(Provenance.ofImport("random weights", Map.of()))
        .build();
  }
}
