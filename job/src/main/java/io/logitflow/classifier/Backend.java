package io.logitflow.classifier;

/** Loads networks of other programs. Implementations are immutable: threads may share one. */
public interface Backend {

  /**
   * Loads a network and runs it once, to see that it takes the rows and yields the outputs that are
   * expected. Networks of equal content on the same device share their weights.
   *
   * @param outputs number of values that the network yields per row
   * @param placement where it computes
   * @throws InvalidModelException if the file cannot be loaded or does not take or yield these
   *     shapes, or the engine or device for it is missing: then it says what to add
   */
  Network load(Artifact artifact, int outputs, Placement placement) throws InvalidModelException;
}
