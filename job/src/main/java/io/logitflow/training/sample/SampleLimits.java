package io.logitflow.training.sample;

/**
 * How much a sample holds.
 *
 * @param uniform rows of the uniform stratum, at least 1
 * @param recent rows of the recency stratum; 0: none
 * @param classFloor rows of each class that are kept in any case; 0: none
 * @param bytes memory for all strata together; a row that is in several counts for each
 */
public record SampleLimits(int uniform, int recent, int classFloor, long bytes) {

  /** Share of the memory that the floors of all classes have together. */
  private static final int FLOORS_SHARE = 8;

  /** Memory of the uniform stratum. */
  long uniformBytes() {
    return (long) ((double) uniform / ((double) uniform + recent) * withoutFloors());
  }

  /** Memory of the recency stratum. */
  long recentBytes() {
    return withoutFloors() - uniformBytes();
  }

  /** Memory of the floor of one class of so many. */
  long floorBytes(int classes) {
    return (bytes - withoutFloors()) / classes;
  }

  private long withoutFloors() {
    return classFloor == 0 ? bytes : bytes - bytes / FLOORS_SHARE;
  }
}
