package io.logitflow.learning;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Provenance;
import io.logitflow.config.PublishMode;
import io.logitflow.connector.AliasMove;
import io.logitflow.connector.AliasTakenException;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.schema.DecisionOutcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Publishes trained models that are worth a trial, and says of the others why they are not. */
final class VersionPublisher {

  private static final String CHANGED_BY = "training job";

  private final TrainingSettings settings;
  private final RetrainingRecord record;

  VersionPublisher(TrainingSettings settings, RetrainingRecord record) {
    this.settings = settings;
    this.record = record;
  }

  /** Puts a version in its place that the same training has published before it failed. */
  TrainingOutcome publishedBefore(long version) throws ModelTopicException {
    try (ModelTopic topic = settings.models().open()) {
      return name(topic, version, "published before, by the same training");
    }
  }

  /**
   * Compares a model with the version that serves now, and publishes it if it is worth a trial.
   *
   * @param judgement of the candidate, by the rows that judge
   */
  TrainingOutcome publish(Model candidate, Judgement judgement, TrainingData data)
      throws ModelTopicException {
    Judgement constant = Judgement.ofConstant(data.frequencies(), data.judging(), data.classes());
    record.judged("constant", constant);
    if (!(judgement.nll() < constant.nll())) {
      record.evaluated(candidate.version(), judgement);
      return record.refused(
          text(
              "held-out NLL %.4f is no better than that of a constant prediction, %.4f",
              judgement.nll(), constant.nll()));
    }
    // Training takes its time: who serves now may be another version than when it began.
    ReferenceModels models = ReferenceModels.read(settings);
    Optional<Judgement> ofChampion = judge(models.champion(), data);
    double margin = settings.publishing().margin();
    if (ofChampion.isPresent() && !(judgement.nll() <= ofChampion.get().nll() + margin)) {
      return record.refused(
          text(
              "held-out NLL %.4f is worse than that of the champion, %.4f, by more than %s",
              judgement.nll(), ofChampion.get().nll(), margin));
    }
    try (ModelTopic topic = settings.models().open()) {
      long version = topic.publish(described(candidate, judgement, ofChampion));
      record.evaluated(version, judgement);
      String reason =
          ofChampion
              .map(
                  champion ->
                      text(
                          "held-out NLL %.4f, that of the champion %.4f",
                          judgement.nll(), champion.nll()))
              .orElseGet(
                  () ->
                      text(
                          "held-out NLL %.4f, that of a constant prediction %.4f",
                          judgement.nll(), constant.nll()));
      return name(topic, version, reason);
    }
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private Optional<Judgement> judge(Optional<Model> champion, TrainingData data) {
    if (champion.isEmpty()
        || champion.get().featureCount() != data.featureCount()
        || !champion.get().classNames().equals(data.classes().names())) {
      return Optional.empty();
    }
    record.champion(champion.get().version());
    try {
      Judgement judgement = Judgement.of(champion.get(), data.judging(), data.classes());
      record.judged("champion", judgement);
      record.evaluated(champion.get().version(), judgement);
      return Optional.of(judgement);
    } catch (InvalidModelException e) {
      record.detail("championNotJudged", e.getMessage());
      return Optional.empty();
    }
  }

  /** The model with the figures of its judgement in its provenance. */
  private static Model described(
      Model candidate, Judgement judgement, Optional<Judgement> champion) {
    Map<String, String> details = new TreeMap<>(candidate.provenance().details());
    judgement.metrics().forEach((name, value) -> details.put("judging." + name, value.toString()));
    champion.ifPresent(
        of ->
            of.metrics()
                .forEach((name, value) -> details.put("champion." + name, value.toString())));
    Provenance from = candidate.provenance();
    try {
      return candidate.toBuilder()
          .provenance(
              new Provenance(
                  from.origin(), from.parentVersion(), from.codeVersion(), from.source(), details))
          .build();
    } catch (InvalidModelException e) {
      throw new IllegalStateException("Only the provenance of a valid model was changed", e);
    }
  }

  /** Makes a version the challenger or the first champion, as the options say. */
  private TrainingOutcome name(ModelTopic topic, long version, String reason)
      throws ModelTopicException {
    ReferenceModels models = new ReferenceModels(settings.model(), topic.read());
    boolean promote = settings.publishing().promote();
    if (models.champion().isPresent() && models.champion().get().version() == version) {
      // Made the champion before a failure: the decision that said so may be lost.
      return record.published(
          promote ? DecisionOutcome.APPLIED : DecisionOutcome.PROPOSED, version, reason);
    }
    boolean first = models.champion().isEmpty();
    if (first && !promote) {
      return record.published(
          DecisionOutcome.PROPOSED, version, reason + "; the model has no champion yet");
    }
    try {
      // A person may move the alias at this moment: whose it is is seen where it is moved.
      if (first) {
        record.moved(topic.claim(settings.model(), ModelKey.CHAMPION, version, CHANGED_BY, reason));
        return record.published(DecisionOutcome.APPLIED, version, reason);
      }
      if (settings.publishing().mode() == PublishMode.CHALLENGER) {
        record.moved(challenge(topic, version, reason));
      }
      return record.published(DecisionOutcome.PROPOSED, version, reason);
    } catch (AliasTakenException e) {
      return record.published(
          DecisionOutcome.NOT_NOW,
          version,
          e.alias().equals(ModelKey.CHAMPION)
              ? "%s, but version %d has become the champion".formatted(reason, e.version())
              : "%s, but version %d is the challenger, and its evaluation is not over"
                  .formatted(reason, e.version()));
    }
  }

  private List<AliasMove> challenge(ModelTopic topic, long version, String reason)
      throws ModelTopicException {
    return settings.publishing().replaceChallenger()
        ? topic.challenge(
            settings.model(), ModelKey.CHALLENGER, Long.toString(version), CHANGED_BY, reason)
        : topic.claim(settings.model(), ModelKey.CHALLENGER, version, CHANGED_BY, reason);
  }
}
