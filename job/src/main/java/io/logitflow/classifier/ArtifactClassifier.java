package io.logitflow.classifier;

import io.logitflow.classifier.kernel.Kernels;
import io.logitflow.classifier.output.Softmax;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A network of another program between our own normaliser and output function.
 *
 * <p>A network that yields probabilities is taken for one that yields their logarithms (or, of
 * labels of their own, their log-odds): the output function turns them back into the same
 * probabilities, and a calibration can work on them.
 */
final class ArtifactClassifier implements Classifier {

  /** Logarithm of the smallest float32: what a probability of 0 becomes, as logits are finite. */
  private static final float LARGEST_LOG = (float) -Math.log(Float.MIN_VALUE);

  /** Places of the workspace. */
  private static final int NORMALISED = 0;

  private static final int DENSE = 1;

  private final Network network;
  private final Kernels kernels;
  private final OutputStage outputStage;
  private final Optional<double[]> mean;
  private final Optional<double[]> scale;
  private final boolean yieldsProbabilities;
  private final boolean softmax;
  private final SoftmaxStage softmaxStage;
  private final int featureCount;
  private final int classCount;

  /** For a model with an artifact. The network is closed with the classifier. */
  ArtifactClassifier(Model model, Network network, Kernels kernels) {
    this.network = network;
    this.kernels = kernels;
    this.outputStage = new OutputStage(model);
    this.mean = model.normaliser().map(normaliser -> normaliser.mean().toDoubles());
    this.scale = model.normaliser().map(normaliser -> normaliser.scale().toDoubles());
    this.yieldsProbabilities = model.artifact().orElseThrow().yieldsProbabilities();
    this.softmax = model.outputFunction() instanceof Softmax;
    this.softmaxStage = new SoftmaxStage(model, kernels);
    this.featureCount = model.featureCount();
    this.classCount = model.classCount();
  }

  @Override
  public int featureCount() {
    return featureCount;
  }

  @Override
  public int classCount() {
    return classCount;
  }

  /** Sparse rows are made dense: that is what networks of other programs take. */
  @Override
  public void classify(FeatureBatch batch, Scores scores) {
    int values = Math.multiplyExact(batch.rows(), featureCount);
    classifyDense(
        batch.sparse().isPresent()
            ? batch.toDense(scores.workspace(DENSE, values), featureCount)
            : batch,
        values,
        scores);
  }

  private void classifyDense(FeatureBatch batch, int values, Scores scores) {
    int rows = batch.rows();
    Objects.checkFromIndexSize(0, values, batch.values().length);
    float[] logits = scores.logits();
    network.run(normalised(batch.values(), values, scores), rows, logits);
    if (yieldsProbabilities) {
      for (int i = 0; i < rows * classCount; i++) {
        logits[i] = logit(logits[i]);
      }
    }
    if (!kernels.allFinite(batch.values(), 0, values)) {
      markBadRows(batch, logits);
    }
    if (softmax) {
      softmaxStage.write(rows, scores);
    } else {
      writeRows(batch, scores);
    }
  }

  private float[] normalised(float[] features, int values, Scores scores) {
    if (mean.isEmpty()) {
      return features;
    }
    float[] normalised = scores.workspace(NORMALISED, values);
    for (int i = 0; i < values; i++) {
      int feature = i % featureCount;
      normalised[i] = (float) ((features[i] - mean.get()[feature]) / scale.get()[feature]);
    }
    return normalised;
  }

  private float logit(float probability) {
    double logit =
        softmax ? Math.log(probability) : Math.log(probability) - Math.log1p(-probability);
    return (float) Math.max(-LARGEST_LOG, Math.min(logit, LARGEST_LOG));
  }

  /** A network may well make something finite of what is not, as ReLU does of minus infinity. */
  private void markBadRows(FeatureBatch batch, float[] logits) {
    for (int row = 0; row < batch.rows(); row++) {
      if (!kernels.allFinite(batch.values(), row * featureCount, featureCount)) {
        Arrays.fill(logits, row * classCount, (row + 1) * classCount, Float.NaN);
      }
    }
  }

  private void writeRows(FeatureBatch batch, Scores scores) {
    double[] row = new double[classCount];
    for (int r = 0; r < batch.rows(); r++) {
      for (int k = 0; k < classCount; k++) {
        row[k] = scores.logits()[r * classCount + k];
      }
      outputStage.write(row, batch.seed(r), r, scores);
    }
  }

  @Override
  public boolean isOffloaded() {
    return true;
  }

  @Override
  public void close() {
    network.close();
  }
}
