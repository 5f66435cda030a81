package io.logitflow.training.sample;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The first rows in an order, as many of them as fit a number and a size: the longest beginning of
 * the ordered set of all rows ever added that fits both. It follows from that set, not from the
 * order in which rows come.
 *
 * <p>The first place that did not fit is kept as the cut: nothing from there on is taken again,
 * even if it is smaller. That makes parts mergeable whose rows are of different sizes: the
 * beginning of a union is the beginning of the union of the beginnings, before the first cut.
 */
final class Stratum {

  private final int maxRows;
  private long maxBytes;
  private final TreeMap<Place, SampleRow> rows = new TreeMap<>();
  private long bytes;
  private Optional<Place> cut = Optional.empty();

  Stratum(int maxRows, long maxBytes) {
    this.maxRows = maxRows;
    this.maxBytes = maxBytes;
  }

  /** Takes a row, if its place is among the first. */
  void add(Place place, SampleRow row) {
    if (!reaches(place)) {
      return;
    }
    SampleRow before = rows.get(place);
    if (before != null && SampleRow.PRECEDENCE.compare(before, row) <= 0) {
      return;
    }
    rows.put(place, row);
    bytes += row.bytes() - (before == null ? 0 : before.bytes());
    shrink();
  }

  /** Nothing from this place on belongs to it. */
  void cut(Place place) {
    if (reaches(place)) {
      cut = Optional.of(place);
      Map<Place, SampleRow> beyond = rows.tailMap(place, true);
      beyond.values().forEach(row -> bytes -= row.bytes());
      beyond.clear();
    }
  }

  /** Lowers the size that rows may have together. */
  void limit(long lowerMaxBytes) {
    maxBytes = Math.min(maxBytes, lowerMaxBytes);
    shrink();
  }

  private void shrink() {
    while (rows.size() > maxRows || bytes > maxBytes) {
      Map.Entry<Place, SampleRow> last = rows.pollLastEntry();
      bytes -= last.getValue().bytes();
      cut = Optional.of(last.getKey());
    }
  }

  /** The first place that did not fit; empty if everything did. */
  Optional<Place> cut() {
    return cut;
  }

  /** Whether a row of this place would be in it. */
  boolean reaches(Place place) {
    return cut.isEmpty() || place.compareTo(cut.get()) < 0;
  }

  Collection<SampleRow> rows() {
    return Collections.unmodifiableCollection(rows.values());
  }
}
