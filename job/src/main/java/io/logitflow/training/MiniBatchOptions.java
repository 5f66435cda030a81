package io.logitflow.training;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Training by mini-batches.
 *
 * @param rule SGD or Adam
 * @param batchSize rows of a mini-batch, at least 1; the last of an epoch may have fewer
 * @param epochs passes over the rows, at most; at least 1
 * @param shuffle whether each epoch has an order of its own, drawn from the seed; else the order of
 *     the rows
 * @param patience epochs without a lower loss on the holdout after which training stops with the
 *     best point; 0 for never
 */
public record MiniBatchOptions(
    StepRule rule, int batchSize, int epochs, boolean shuffle, int patience) implements Solver {

  /** Checks the ranges. */
  public MiniBatchOptions {
    Objects.requireNonNull(rule, "rule");
    if (batchSize < 1 || epochs < 1 || patience < 0) {
      throw new IllegalArgumentException(
          "batch size %d, epochs %d and patience %d, expected at least 1, 1 and 0"
              .formatted(batchSize, epochs, patience));
    }
  }

  /** Batches of 256, shuffled, 10 epochs, without early stopping. */
  public static MiniBatchOptions of(StepRule rule) {
    return new MiniBatchOptions(rule, 256, 10, true, 0);
  }

  @Override
  public Map<String, String> toDetails() {
    Map<String, String> details = new HashMap<>();
    if (rule instanceof StepRule.Sgd sgd) {
      details.put("solver", "sgd");
      details.put("learning-rate", String.valueOf(sgd.learningRate()));
      details.put("sgd.momentum", String.valueOf(sgd.momentum()));
    } else if (rule instanceof StepRule.Adam adam) {
      details.put("solver", "adam");
      details.put("learning-rate", String.valueOf(adam.learningRate()));
      details.put("adam.beta1", String.valueOf(adam.beta1()));
      details.put("adam.beta2", String.valueOf(adam.beta2()));
      details.put("adam.epsilon", String.valueOf(adam.epsilon()));
    }
    details.put("batch-size", String.valueOf(batchSize));
    details.put("epochs", String.valueOf(epochs));
    details.put("shuffle", String.valueOf(shuffle));
    details.put("patience", String.valueOf(patience));
    return details;
  }
}
