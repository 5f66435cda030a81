package io.logitflow.classifier;

import java.util.Arrays;
import java.util.Objects;

/**
 * Scores in float64 from end to end. It serves models whose logits float32 cannot hold precisely
 * enough, and single rows that overflow float32.
 */
final class Float64Classifier implements Classifier {

  private static final double[] NOTHING = new double[0];

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
    if (batch.sparse().isEmpty()) {
      Objects.checkFromIndexSize(
          0, Math.multiplyExact(rows, featureCount()), batch.values().length);
    }
    Objects.checkFromIndexSize(0, Math.multiplyExact(rows, classCount), scores.logits().length);
    for (int row = 0; row < rows; row++) {
      classifyRow(batch, row, scores);
    }
  }

  void classifyRow(FeatureBatch batch, int row, Scores scores) {
    double[] output =
        batch.sparse().isPresent() ? sparseOutput(batch, row) : denseOutput(batch, row);
    if (output.length > 0) {
      outputStage.write(output, batch.seed(row), row, scores);
    } else {
      Arrays.fill(scores.logits(), row * classCount, (row + 1) * classCount, Float.NaN);
    }
  }

  /** What the network yields of a row; nothing if a feature is not finite. */
  private double[] denseOutput(FeatureBatch batch, int row) {
    double[] features = new double[featureCount()];
    for (int i = 0; i < features.length; i++) {
      features[i] = batch.values()[row * features.length + i];
    }
    return allFinite(features) ? network.apply(features) : NOTHING;
  }

  private double[] sparseOutput(FeatureBatch batch, int row) {
    SparseRow features = SparseRow.of(batch, row, featureCount());
    return allFinite(features.values()) ? network.apply(features) : NOTHING;
  }

  private static boolean allFinite(double[] values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  @Override
  public void close() {}
}
