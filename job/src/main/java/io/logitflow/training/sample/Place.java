package io.logitflow.training.sample;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where a row stands in a stratum: those of smaller ranks come first, and of one rank those of
 * smaller hashes, taken as unsigned.
 */
record Place(long rank, long hash) implements Comparable<Place> {

  /** The place in the order of hashes alone. */
  static Place byHash(SampleRow row) {
    return new Place(0, row.hash());
  }

  /** The place in the order of time, the newest first. */
  static Place byAge(SampleRow row) {
    return new Place(-row.time(), row.hash());
  }

  @Override
  public int compareTo(Place other) {
    int byRank = Long.compare(rank, other.rank);
    return byRank != 0 ? byRank : Long.compareUnsigned(hash, other.hash);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(rank);
    out.writeLong(hash);
  }

  static Place read(DataInput in) throws IOException {
    return new Place(in.readLong(), in.readLong());
  }
}
