package io.logitflow.modelfile;

import io.logitflow.classifier.Artifact;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import io.logitflow.classifier.output.OutputFunction;
import io.logitflow.classifier.output.Softmax;
import java.util.List;
import java.util.Optional;

/**
 * What a user states of an artifact because its file may not say it.
 *
 * @param inputShape shape of one record as the network takes it, without the dimension of the batch
 * @param yields what comes out
 * @param multiLabel whether a record may have several labels
 */
public record StatedTraits(
    Optional<List<Integer>> inputShape, Optional<Yields> yields, boolean multiLabel) {

  /** What comes out of a network. */
  public enum Yields {
    logits,
    probabilities
  }

  /** Nothing stated. */
  public static final StatedTraits NONE =
      new StatedTraits(Optional.empty(), Optional.empty(), false);

  /** Whether anything is stated. */
  public boolean areGiven() {
    return !equals(NONE);
  }

  /** An artifact of this output. */
  public Artifact artifact(
      Artifact.Format format, List<Integer> shape, Yields output, byte[] content) {
    return new Artifact(format, shape, output == Yields.probabilities, content);
  }

  /** The output function for a network of single labels, unless several are stated. */
  public OutputFunction outputFunction() {
    return multiLabel ? new MultiLabelSigmoid(MultiLabelSigmoid.DEFAULT_THRESHOLD) : new Softmax();
  }
}
