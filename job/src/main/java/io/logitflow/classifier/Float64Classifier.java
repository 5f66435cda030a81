package io.logitflow.classifier;

import java.util.Arrays;
import java.util.Objects;

/**
 * Scores in float64 from end to end. It serves models whose logits float32 cannot hold precisely
 * enough, and single rows that overflow float32.
 */
final class Float64Classifier implements Classifier {

  private final FoldedNetwork network;
  private final OutputStage outputStage;
  private final int classCount;

  Float64Classifier(FoldedNetwork network, Model model) {
    this.network = network;
    this.outputStage = new OutputStage(model);
    this.classCount = model.classCount();
  }

  @Override
  public int featureCount() {
    return network.inputs();
  }

  @Override
  public int classCount() {
    return classCount;
  }

  @Override
  public void classify(FeatureBatch batch, Scores scores) {
    int rows = batch.rows();
    Objects.checkFromIndexSize(0, Math.multiplyExact(rows, featureCount()), batch.values().length);
    Objects.checkFromIndexSize(0, Math.multiplyExact(rows, classCount), scores.logits().length);
    for (int row = 0; row < rows; row++) {
      classifyRow(batch, row, scores);
    }
  }

  void classifyRow(FeatureBatch batch, int row, Scores scores) {
    double[] features = new double[featureCount()];
    boolean finite = true;
    for (int i = 0; i < features.length; i++) {
      features[i] = batch.values()[row * features.length + i];
      finite &= Double.isFinite(features[i]);
    }
    if (finite) {
      outputStage.write(network.apply(features), batch.seed(row), row, scores);
    } else {
      Arrays.fill(scores.logits(), row * classCount, (row + 1) * classCount, Float.NaN);
    }
  }

  @Override
  public void close() {}
}
