package io.logitflow.learning;

import io.logitflow.label.LabelGroup;
import io.logitflow.label.RecordHash;
import io.logitflow.training.sample.OffsetSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What has come of one record until it matures, in whichever order. Labels are kept apart by their
 * times until then: which of them came in time is known when the features are.
 */
final class PendingRecord {

  private static final float[] NONE = new float[0];

  private Optional<TrainingEvent> features = Optional.empty();
  private final List<LabelGroup> labels;
  private final Map<Integer, OffsetSpan> labelSpans;

  /** A record of which nothing is known. */
  PendingRecord() {
    this(Optional.empty(), new ArrayList<>(1), new TreeMap<>());
  }

  /** A record of which this is known; the collections are kept. */
  PendingRecord(
      Optional<TrainingEvent> features,
      List<LabelGroup> labels,
      Map<Integer, OffsetSpan> labelSpans) {
    this.features = features;
    this.labels = labels;
    this.labelSpans = labelSpans;
  }

  Optional<TrainingEvent> features() {
    return features;
  }

  List<LabelGroup> labels() {
    return labels;
  }

  /** By partition, where the labels stand. */
  Map<Integer, OffsetSpan> labelSpans() {
    return labelSpans;
  }

  /**
   * Takes features or a label. Of features that come twice, those of the earlier time count, and of
   * equally early ones those of the smaller place.
   *
   * @return whether it is not the first of its kind
   */
  boolean add(TrainingEvent event) {
    if (event.label() != null) {
      boolean known = labels.stream().anyMatch(group -> group.label().equals(event.label()));
      if (!known) {
        labels.add(LabelGroup.of(event.label()));
      }
      labelSpans.merge(
          event.partition(), new OffsetSpan(event.offset(), event.offset() + 1), OffsetSpan::and);
      return known || labels.size() > 1;
    }
    boolean again = features.isPresent();
    if (!again || precedes(event, features.get())) {
      features = Optional.of(event);
    }
    return again;
  }

  private static boolean precedes(TrainingEvent one, TrainingEvent other) {
    if (one.time() != other.time()) {
      return one.time() < other.time();
    }
    return one.partition() != other.partition()
        ? one.partition() < other.partition()
        : one.offset() < other.offset();
  }

  /**
   * When the record matures, in event time: the maturity after its features, or if there are none,
   * after its last label. Features do not come after their labels in event time, so none are to be
   * expected then.
   */
  long end(long maturity) {
    long last =
        features
            .map(TrainingEvent::time)
            .orElseGet(
                () ->
                    labels.stream()
                        .mapToLong(group -> group.label().time())
                        .max()
                        .orElse(Long.MIN_VALUE));
    return last + maturity;
  }

  /**
   * What the record has become.
   *
   * @return the record, labelled or not; empty if its features did not come
   */
  Optional<MaturedRecord> mature(String recordId, LabelTexts texts, long maturity) {
    if (features.isEmpty()) {
      return Optional.empty();
    }
    TrainingEvent record = features.get();
    long hash = RecordHash.of(recordId);
    List<LabelGroup> inTime = new ArrayList<>(labels.size());
    for (LabelGroup group : labels) {
      if (group.label().time() - record.time() <= maturity) {
        LabelGroup.add(inTime, group.label());
      }
    }
    Optional<String> label = texts.latest(record.time(), inTime, maturity);
    if (label.isEmpty()) {
      return Optional.of(
          new MaturedRecord(hash, record.time(), null, NONE, new int[0], new long[0]));
    }
    int[] partitions = new int[1 + 2 * labelSpans.size()];
    long[] offsets = new long[partitions.length];
    partitions[0] = record.partition();
    offsets[0] = record.offset();
    int next = 1;
    for (Map.Entry<Integer, OffsetSpan> span : labelSpans.entrySet()) {
      partitions[next] = span.getKey();
      offsets[next++] = span.getValue().from();
      partitions[next] = span.getKey();
      offsets[next++] = span.getValue().to() - 1;
    }
    return Optional.of(
        new MaturedRecord(
            hash, record.time(), label.get(), record.features(), partitions, offsets));
  }
}
