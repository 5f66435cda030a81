package io.logitflow.timeline;

import java.io.Serializable;
import java.util.List;

/**
 * All of time, divided into reigns.
 *
 * @param reigns ascending; each begins where the one before ends, the first one {@link Reign#EVER},
 *     and the last one ends {@link Reign#STILL}
 */
public record Timeline(List<Reign> reigns) implements Serializable {

  public Timeline {
    reigns = List.copyOf(reigns);
    long end = Reign.EVER;
    for (Reign reign : reigns) {
      if (reign.from() != end || reign.until() <= reign.from()) {
        throw new IllegalArgumentException(
            "a reign from %d to %d after one that ends at %d"
                .formatted(reign.from(), reign.until(), end));
      }
      end = reign.until();
    }
    if (end != Reign.STILL) {
      throw new IllegalArgumentException("the last reign ends at " + end);
    }
  }

  /** Number of the reign that a time falls into, from 0. */
  public int at(long time) {
    int low = 0;
    int high = reigns.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (reigns.get(middle).from() <= time) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Whether any champion is known. */
  public boolean hasChampion() {
    return reigns.stream().anyMatch(Reign::isKnown);
  }
}
