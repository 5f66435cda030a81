package io.logitflow.classifier;

import java.util.Arrays;
import java.util.List;

/**
 * A network of another program, as it is in its file: nothing of it is known here but what goes in
 * and what comes out. Immutable.
 */
public final class Artifact {

  /** Format of a file. */
  public enum Format {
    /** What {@code torch.jit.save} writes. */
    TORCHSCRIPT,
    /** An ONNX {@code ModelProto}. */
    ONNX
  }

  private final Format format;
  private final List<Integer> inputShape;
  private final boolean yieldsProbabilities;
  private final byte[] content;

  /**
   * An artifact.
   *
   * @param format format of the file
   * @param inputShape shape of one record as the network takes it, without the dimension of the
   *     batch; its product is the number of features
   * @param yieldsProbabilities whether the network yields probabilities instead of logits
   * @param content bytes of the file
   */
  public Artifact(
      Format format, List<Integer> inputShape, boolean yieldsProbabilities, byte[] content) {
    this.format = format;
    this.inputShape = List.copyOf(inputShape);
    this.yieldsProbabilities = yieldsProbabilities;
    this.content = content.clone();
  }

  /** Format of the file. */
  public Format format() {
    return format;
  }

  /** Shape of one record as the network takes it, without the dimension of the batch. */
  public List<Integer> inputShape() {
    return inputShape;
  }

  /** Whether the network yields probabilities instead of logits. */
  public boolean yieldsProbabilities() {
    return yieldsProbabilities;
  }

  /** Bytes of the file. */
  public byte[] content() {
    return content.clone();
  }

  /** Size of the file in bytes. */
  public int size() {
    return content.length;
  }

  /** Number of features of a record. */
  int featureCount() {
    return inputShape.stream().reduce(1, Math::multiplyExact);
  }

  void check() throws InvalidModelException {
    if (inputShape.isEmpty() || inputShape.stream().anyMatch(length -> length < 1)) {
      throw new InvalidModelException(
          "artifact.inputShape is %s, expected lengths of at least 1".formatted(inputShape));
    }
    try {
      featureCount();
    } catch (ArithmeticException e) {
      throw new InvalidModelException(
          "artifact.inputShape is %s, expected fewer features".formatted(inputShape), e);
    }
    if (content.length == 0) {
      throw new InvalidModelException("artifact.content is empty, expected the bytes of a file");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Artifact that
        && format == that.format
        && inputShape.equals(that.inputShape)
        && yieldsProbabilities == that.yieldsProbabilities
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "%s%s of %d bytes".formatted(format, inputShape, content.length);
  }
}
