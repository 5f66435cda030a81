package io.logitflow.generator.dataset;

/**
 * One row, filled by {@link Rows#read}. Meant to be reused: a stream of rows then allocates
 * nothing. Not thread-safe.
 */
public final class Row {
  private final float[] features;
  private final int[] indices;
  private final double[] trueProbabilities;
  private int label;
  private long time;
  private String id;
  private String segment;

  Row(int featureCount, int trueProbabilityCount) {
    this(featureCount, null, trueProbabilityCount);
  }

  private Row(int featureCount, int[] indices, int trueProbabilityCount) {
    this.features = new float[featureCount];
    this.indices = indices;
    this.trueProbabilities = new double[trueProbabilityCount];
  }

  /** A row that has only some of its features; the others are 0. */
  static Row sparse(int nonZeros, int trueProbabilityCount) {
    return new Row(nonZeros, new int[nonZeros], trueProbabilityCount);
  }

  /** Which features those of a sparse row are, ascending; null if the row has all of them. */
  public int[] indices() {
    return indices;
  }

  /** The features; the caller may change them until the next read. */
  public float[] features() {
    return features;
  }

  /**
   * The probabilities that the label was drawn from, in float64, one for each class; of length 0 if
   * nobody knows them. The caller may change them until the next read.
   */
  public double[] trueProbabilities() {
    return trueProbabilities;
  }

  /** Index of the true class. */
  public int label() {
    return label;
  }

  /** Time of the row, in milliseconds since 1970; 0 unless {@link Rows#hasTimes()}. */
  public long time() {
    return time;
  }

  /** Id of the row in its source; null if the source has none. */
  public String id() {
    return id;
  }

  /** Part of the traffic that the row belongs to; null if none. */
  public String segment() {
    return segment;
  }

  void set(int newLabel, long newTime, String newId, String newSegment) {
    label = newLabel;
    time = newTime;
    id = newId;
    segment = newSegment;
  }
}
