package io.logitflow.replay;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.DeadLetters;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelTopic;
import io.logitflow.evaluation.Difference;
import io.logitflow.evaluation.DifferenceKind;
import io.logitflow.evaluation.VersionAudit;
import io.logitflow.schema.DeadLetterReason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores each record again with the version that its prediction names, in micro-batches by version,
 * and reports where they differ. Only versions that predictions name are loaded, each once it is
 * needed. Nothing waits when a checkpoint is made, so there is no state.
 */
final class AuditScoringOperator extends AbstractStreamOperator<Finding>
    implements OneInputStreamOperator<AuditPair, Finding> {

  static final String JOB = "replay";

  private static final Logger LOG = LoggerFactory.getLogger(AuditScoringOperator.class);
  private static final long serialVersionUID = 1L;

  private final transient AuditSettings settings;

  private transient DeadLetters deadLetters;
  private transient ModelCatalogue catalogue;
  private transient Map<Long, Optional<AuditedVersion>> versions;
  private transient Map<Long, VersionAudit> audits;
  private transient PendingCounts counts;

  AuditScoringOperator(StreamOperatorParameters<Finding> parameters, AuditSettings settings) {
    super(parameters);
    this.settings = settings;
  }

  @Override
  public void open() throws Exception {
    super.open();
    deadLetters = new DeadLetters(JOB, settings.deadLetterMaxBytes());
    versions = new HashMap<>();
    audits = new HashMap<>();
    counts = new PendingCounts();
    try (ModelTopic topic = settings.modelTopic().open()) {
      catalogue = topic.read();
    }
  }

  @Override
  public void processElement(StreamRecord<AuditPair> element) {
    AuditPair pair = element.getValue();
    long number = pair.prediction().modelVersion();
    Optional<Model> model = catalogue.version(settings.model(), number);
    if (model.isEmpty()) {
      counts.add(Counts.UNKNOWN_VERSIONS, 1);
      return;
    }
    Optional<AuditedVersion> version =
        versions.computeIfAbsent(number, unused -> load(model.get()));
    if (version.isEmpty() || !version.get().takes(pair.features())) {
      counts.add(Counts.UNUSABLE_VERSIONS, 1);
      return;
    }
    version.get().add(pair, results(number));
  }

  private Optional<AuditedVersion> load(Model model) {
    try {
      return Optional.of(AuditedVersion.load(model, settings.kernel()));
    } catch (InvalidModelException e) {
      LOG.warn("Version {} cannot reproduce its predictions: {}", model.version(), e.getMessage());
      return Optional.empty();
    }
  }

  private AuditedVersion.Output results(long version) {
    return new AuditedVersion.Output() {
      @Override
      public void compared(VersionAudit audit) {
        audits.merge(version, audit, VersionAudit::plus);
        counts.add(Counts.COMPARED, audit.predictions());
      }

      @Override
      public void differs(AuditPair pair, Set<DifferenceKind> kinds, String expected) {
        report(pair, kinds, expected);
      }
    };
  }

  private void report(AuditPair pair, Set<DifferenceKind> kinds, String expected) {
    ConsumedRecord record = pair.logged().record();
    Difference difference =
        new Difference(
            pair.recordId(),
            record.topic(),
            record.partition(),
            record.offset(),
            pair.prediction().modelVersion(),
            kinds.stream().map(DifferenceKind::toString).collect(Collectors.joining(",")),
            expected,
            pair.prediction().output().text());
    output.collect(new StreamRecord<>(Finding.difference(difference)));
    output.collect(
        AuditSplit.DEAD_LETTERS,
        new StreamRecord<>(
            deadLetters.encode(
                record, pair.index(), DeadLetterReason.NOT_REPRODUCED, difference.detail())));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() {
    versions.forEach(
        (number, version) -> version.ifPresent(audited -> audited.flush(results(number))));
    audits.forEach(
        (version, audit) -> output.collect(new StreamRecord<>(Finding.audit(version, audit))));
    audits.clear();
    counts.flush(finding -> output.collect(new StreamRecord<>(finding)));
  }

  @Override
  public void close() throws Exception {
    if (versions != null) {
      versions.values().forEach(version -> version.ifPresent(AuditedVersion::close));
    }
    super.close();
  }
}
