package io.logitflow.training.sample;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the strata of a {@link Sample} end: what comes behind is not in them.
 *
 * @param uniform end of the uniform stratum; empty if it holds everything
 * @param recent end of the recency stratum
 * @param floors end of the floor of each class
 */
public record Cuts(
    Optional<Place> uniform, Optional<Place> recent, Map<String, Optional<Place>> floors) {

  /** Writes them. */
  public void write(DataOutput out) throws IOException {
    write(uniform, out);
    write(recent, out);
    out.writeInt(floors.size());
    for (Map.Entry<String, Optional<Place>> floor : floors.entrySet()) {
      out.writeUTF(floor.getKey());
      write(floor.getValue(), out);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Cuts read(DataInput in) throws IOException {
    Optional<Place> uniform = readPlace(in);
    Optional<Place> recent = readPlace(in);
    Map<String, Optional<Place>> floors = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      floors.put(in.readUTF(), readPlace(in));
    }
    return new Cuts(uniform, recent, floors);
  }

  private static void write(Optional<Place> place, DataOutput out) throws IOException {
    out.writeBoolean(place.isPresent());
    if (place.isPresent()) {
      place.get().write(out);
    }
  }

  private static Optional<Place> readPlace(DataInput in) throws IOException {
    return in.readBoolean() ? Optional.of(Place.read(in)) : Optional.empty();
  }
}
