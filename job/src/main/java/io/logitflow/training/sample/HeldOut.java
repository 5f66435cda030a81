package io.logitflow.training.sample;

/**
 * Which records are held out: never trained with, so that models can be judged by them. It follows
 * from the hash of the record id, so it is the same for every training and in every replay, and a
 * model never meets at its judgement what an earlier one was trained with.
 *
 * @param fraction share of the records that is held out, from 0 to 1
 */
public record HeldOut(double fraction) {

  /** Another hash of the hash, by which samples are not ordered. */
  private static final long OTHER = 0x9e3779b97f4a7c15L;

  /** Whether the record of a hash is held out. */
  public boolean holds(long recordHash) {
    return (mixed(recordHash + OTHER) >>> 11) * 0x1p-53 < fraction;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
