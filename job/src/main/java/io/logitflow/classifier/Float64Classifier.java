package io.logitflow.classifier;

import java.util.Arrays;
import java.util.Objects;

/**
 * Scores in float64 from end to end. It serves models whose logits float32 cannot hold precisely
 * enough, and single rows that overflow float32.
 */
final class Float64Classifier implements Classifier {

  private final FoldedLinear linear;
  private final double temperature;

  Float64Classifier(FoldedLinear linear, double temperature) {
    this.linear = linear;
    this.temperature = temperature;
  }

  @Override
  public int featureCount() {
    return linear.inputs();
  }

  @Override
  public int classCount() {
    return linear.outputs();
  }

  @Override
  public void classify(float[] features, int rows, float[] logits, float[] probabilities) {
    Objects.checkFromIndexSize(0, Math.multiplyExact(rows, featureCount()), features.length);
    Objects.checkFromIndexSize(0, Math.multiplyExact(rows, classCount()), logits.length);
    Objects.checkFromIndexSize(0, Math.multiplyExact(rows, classCount()), probabilities.length);
    for (int row = 0; row < rows; row++) {
      classifyRow(features, row, logits, probabilities);
    }
  }

  /**
   * Scores one row. Logits beyond float32 are given as infinities of their sign: cut to the largest
   * float32, two of them would be equal, and the prediction would not be the largest probability.
   */
  void classifyRow(float[] features, int row, float[] logits, float[] probabilities) {
    int inputs = linear.inputs();
    int outputs = linear.outputs();
    double[] exact = Arrays.copyOf(linear.bias(), outputs);
    for (int k = 0; k < outputs; k++) {
      for (int i = 0; i < inputs; i++) {
        exact[k] += linear.weight()[k * inputs + i] * features[row * inputs + i];
      }
    }
    double[] exactProbabilities = Float64Reference.softmax(exact, temperature);
    for (int k = 0; k < outputs; k++) {
      logits[row * outputs + k] = (float) exact[k];
      probabilities[row * outputs + k] = (float) exactProbabilities[k];
    }
  }

  @Override
  public void close() {}
}
