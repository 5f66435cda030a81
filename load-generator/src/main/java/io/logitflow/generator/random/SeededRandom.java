package io.logitflow.generator.random;

/**
 * SplitMix64, which can be set to the sequence of any record in a few operations.
 *
 * <p>What a record gets depends only on the seed, the purpose and the place of the record, never on
 * what was drawn before it; so a stream can be repeated from any point, and the same seed gives the
 * same stream. Only integer arithmetic and {@link StrictMath}, so the numbers are the same on every
 * Java version and machine. Not thread-safe.
 *
 * <p>Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014;
 * the mixing function is Stafford's variant 13.
 */
public final class SeededRandom {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
  private static final double DOUBLE_UNIT = 0x1.0p-53;

  private final long seed;
  private long state;
  private double spareGaussian;
  private boolean hasSpareGaussian;

  /** Starts the plain SplitMix64 sequence of a seed. */
  public SeededRandom(long seed) {
    this.seed = seed;
    this.state = seed;
  }

  /**
   * Goes to the start of the sequence that belongs to a purpose and a place.
   *
   * @return this
   */
  public SeededRandom at(Purpose purpose, long pass, long row) {
    long key = mix(seed + GOLDEN_GAMMA * purpose.code());
    key = mix(key + GOLDEN_GAMMA * (pass + 1));
    state = mix(key + GOLDEN_GAMMA * (row + 1));
    hasSpareGaussian = false;
    return this;
  }

  /** Uniform over all longs. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  public double nextDouble() {
    return (nextLong() >>> 11) * DOUBLE_UNIT;
  }

  /** Uniform in [0, bound); the bias is below bound / 2^53. */
  public int nextInt(int bound) {
    return (int) (nextDouble() * bound);
  }

  /** Standard normal, by Marsaglia's polar method. */
  public double nextGaussian() {
    if (hasSpareGaussian) {
      hasSpareGaussian = false;
      return spareGaussian;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * nextDouble() - 1;
      y = 2 * nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spareGaussian = y * factor;
    hasSpareGaussian = true;
    return x * factor;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
