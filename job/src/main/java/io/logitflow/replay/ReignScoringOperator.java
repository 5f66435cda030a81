package io.logitflow.replay;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Scores;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelTopic;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.timeline.Reign;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores each record with the version that was the champion at its event time, in micro-batches by
 * version, and counts those that nobody is known for. Only versions that have a record are loaded.
 * Nothing waits when a checkpoint is made, so there is no state.
 */
final class ReignScoringOperator extends AbstractStreamOperator<RescoredRecord>
    implements OneInputStreamOperator<AuditEvent, RescoredRecord> {

  private static final Logger LOG = LoggerFactory.getLogger(ReignScoringOperator.class);
  private static final long serialVersionUID = 1L;

  private final transient ReignSettings settings;

  private transient ModelCatalogue catalogue;
  private transient Map<Long, Optional<ReplayedVersion<AuditEvent>>> versions;
  private transient Map<Integer, Long> records;
  private transient PendingCounts counts;

  ReignScoringOperator(
      StreamOperatorParameters<RescoredRecord> parameters, ReignSettings settings) {
    super(parameters);
    this.settings = settings;
  }

  @Override
  public void open() throws Exception {
    super.open();
    versions = new HashMap<>();
    records = new HashMap<>();
    counts = new PendingCounts();
    try (ModelTopic topic = settings.modelTopic().open()) {
      catalogue = topic.read();
    }
  }

  @Override
  public void processElement(StreamRecord<AuditEvent> element) {
    AuditEvent event = element.getValue();
    int number = settings.timeline().at(event.features().time());
    Reign reign = settings.timeline().reigns().get(number);
    counts.add(Counts.FEATURES, 1);
    records.merge(number, 1L, Long::sum);
    if (!reign.isKnown()) {
      counts.add(Counts.UNKNOWN_CHAMPIONS, 1);
      return;
    }
    Optional<Model> model = catalogue.version(settings.model(), reign.version());
    if (model.isEmpty()) {
      counts.add(Counts.GONE_CHAMPIONS, 1);
      return;
    }
    Optional<ReplayedVersion<AuditEvent>> version =
        versions.computeIfAbsent(reign.version(), unused -> load(model.get()));
    if (version.isEmpty() || !version.get().takes(event.features())) {
      counts.add(Counts.UNUSABLE_CHAMPIONS, 1);
      return;
    }
    if (reign.basis() == Reign.Basis.ASSUMED) {
      counts.add(Counts.ASSUMED_CHAMPIONS, 1);
    }
    version.get().add(event, event.features(), results(version.get()));
  }

  private Optional<ReplayedVersion<AuditEvent>> load(Model model) {
    try {
      return Optional.of(ReplayedVersion.load(model, settings.kernel()));
    } catch (InvalidModelException e) {
      LOG.warn("Version {} cannot score its records: {}", model.version(), e.getMessage());
      return Optional.empty();
    }
  }

  private ReplayedVersion.Output<AuditEvent> results(ReplayedVersion<AuditEvent> version) {
    return (events, scores) -> {
      for (int row = 0; row < events.size(); row++) {
        emit(version.model(), events.get(row), scores, row);
      }
    };
  }

  /** Hands on a record as the scoring job would have: logits that are not finite are refused. */
  private void emit(Model model, AuditEvent event, Scores scores, int row) {
    int from = row * scores.classes();
    float[] logits = Arrays.copyOfRange(scores.logits(), from, from + scores.classes());
    if (!areFinite(logits)) {
      DeadLetterReason reason =
          areFinite(event.features().values())
              ? DeadLetterReason.LOGIT_OVERFLOW
              : DeadLetterReason.NON_FINITE_FEATURE;
      counts.add(DeadLetterCounts.name("features", reason), 1);
      return;
    }
    output.collect(
        new StreamRecord<>(
            new RescoredRecord(
                event.recordId(),
                event.features().time(),
                settings.timeline().at(event.features().time()),
                model.version(),
                model.calibrationVersion(),
                scores.labels()[row],
                Arrays.copyOfRange(scores.probabilities(), from, from + scores.classes()),
                logits)));
  }

  private static boolean areFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  /** Behind the last watermark, at the end of the input, nothing is joined with labels any more. */
  @Override
  public void processWatermark(Watermark mark) throws Exception {
    flush();
    super.processWatermark(mark);
  }

  private void flush() {
    versions
        .values()
        .forEach(version -> version.ifPresent(scored -> scored.flush(results(scored))));
    records.forEach((reign, number) -> report(Finding.recordsOfReign(reign, number)));
    records.clear();
    counts.flush(this::report);
  }

  private void report(Finding finding) {
    output.collect(AuditSplit.FINDINGS, new StreamRecord<>(finding));
  }

  @Override
  public void close() throws Exception {
    if (versions != null) {
      versions.values().forEach(version -> version.ifPresent(ReplayedVersion::close));
    }
    super.close();
  }
}
