package io.logitflow.learning;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.config.PublishMode;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.training.ModelIdentity;
import io.logitflow.training.StopReason;
import io.logitflow.training.TrainedWeights;
import io.logitflow.training.TrainingListener;
import io.logitflow.training.TrainingRows;
import io.logitflow.training.sample.HeldOut;
import io.logitflow.training.sample.SampleRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * One training, from a sample to a published version: trains, judges by held-out rows, and
 * publishes what is worth a trial. Nothing of Flink is in it, and it takes its time: it is for a
 * thread of its own.
 */
final class TrainingRun {

  /** With fewer rows to judge by, chance decides. */
  static final int MIN_JUDGING = 30;

  private static final int GOLDEN_ROWS = 4;

  private final TrainingSettings settings;
  private final SampleAssembly input;
  private final TrainingListener listener;
  private final BooleanSupplier cancelled;
  private final RetrainingRecord record;

  /**
   * Prepares a training.
   *
   * @param listener is told how it goes on
   * @param cancelled whether the result is not wanted any more
   */
  TrainingRun(
      TrainingSettings settings,
      SampleAssembly input,
      TrainingListener listener,
      BooleanSupplier cancelled) {
    this.settings = settings;
    this.input = input;
    this.listener = listener;
    this.cancelled = cancelled;
    this.record = new RetrainingRecord(settings, input.order(), input.tally());
  }

  /**
   * Trains.
   *
   * @return what came of it; empty if it was cancelled
   */
  Optional<TrainingOutcome> run() {
    try {
      return train(ReferenceModels.read(settings));
    } catch (ModelTopicException e) {
      return Optional.of(record.notNow("the models topic: " + e.getMessage()));
    }
  }

  private Optional<TrainingOutcome> train(ReferenceModels models) throws ModelTopicException {
    Optional<Model> champion = models.champion();
    champion.ifPresent(model -> record.champion(model.version()));
    List<SampleRow> rows = input.sample().rows();
    String key = TrainingKey.of(settings, input.order(), rows);
    VersionPublisher publisher = new VersionPublisher(settings, record);
    OptionalLong before = models.madeBy(key);
    if (before.isPresent()) {
      return Optional.of(publisher.publishedBefore(before.getAsLong()));
    }
    if (settings.publishing().mode() == PublishMode.CHALLENGER
        && !settings.publishing().replaceChallenger()
        && models.challenger().isPresent()) {
      return Optional.of(
          record.notNow(
              "version %d is the challenger, and its evaluation is not over"
                  .formatted(models.challenger().getAsLong())));
    }
    TrainingData data =
        TrainingData.of(
            input.sample(),
            input.tally(),
            classes(models),
            champion.map(model -> OptionalInt.of(model.featureCount())).orElse(OptionalInt.empty()),
            new HeldOut(settings.sample().holdout()));
    describe(rows, data);
    Optional<String> lacking = lacking(data);
    return lacking.isPresent()
        ? Optional.of(record.notNow(lacking.get()))
        : train(data, champion, key, publisher);
  }

  private TrainingClasses classes(ReferenceModels models) {
    List<String> names =
        settings.classNames().isEmpty() ? models.classNames() : settings.classNames();
    return names.isEmpty()
        ? TrainingClasses.ofLabels(input.tally().classes().keySet())
        : TrainingClasses.of(names);
  }

  private void describe(List<SampleRow> rows, TrainingData data) {
    record.evidence("sampleRows", rows.size());
    record.evidence("trainingRows", data.training().size());
    record.evidence("stoppingRows", data.stopping().size());
    record.evidence("judgingRows", data.judging().size());
    record.evidence("unknownClassRows", data.unknownClass());
    record.evidence("otherFeatureCountRows", data.otherFeatureCount());
    record.evidence("features", data.featureCount());
    record.evidence("classes", data.classes().names().size());
  }

  private Optional<String> lacking(TrainingData data) {
    int rows = data.training().size();
    if (rows < settings.triggers().minRows()) {
      return Optional.of(
          "%d rows to train with, train-min-rows is %d"
              .formatted(rows, settings.triggers().minRows()));
    }
    if (data.trainedClasses() < 2) {
      return Optional.of(
          "rows of %d classes, at least 2 are needed".formatted(data.trainedClasses()));
    }
    if (data.judging().size() < MIN_JUDGING) {
      return Optional.of(
          "%d held-out rows to judge by, at least %d are needed: raise sample-holdout, or wait"
              .formatted(data.judging().size(), MIN_JUDGING));
    }
    return Optional.empty();
  }

  private Optional<TrainingOutcome> train(
      TrainingData data, Optional<Model> champion, String key, VersionPublisher publisher)
      throws ModelTopicException {
    long start = System.nanoTime();
    TrainingRows stopping = data.stoppingRows();
    TrainedWeights weights =
        settings
            .trainer()
            .create()
            .train(data.trainingRows(), Optional.of(stopping), champion, listener, cancelled);
    if (weights.report().reason() == StopReason.CANCELLED || cancelled.getAsBoolean()) {
      return Optional.empty();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    record.evidence("trainingSeconds", took.toMillis() / 1e3);
    record.evidence("trainingSteps", weights.report().steps().size());
    record.detail("stoppedBy", weights.report().reason().name());
    Model candidate;
    Judgement judgement;
    try {
      candidate = weights.toModel(identity(data, champion, key), goldenRows(data));
      judgement = Judgement.of(candidate, data.judging(), data.classes());
    } catch (InvalidModelException e) {
      return Optional.of(record.refused("the trained model must not serve: " + e.getMessage()));
    }
    record.judged("candidate", judgement);
    return Optional.of(publisher.publish(candidate, judgement, data));
  }

  private static List<float[]> goldenRows(TrainingData data) {
    return data.training().stream().limit(GOLDEN_ROWS).map(SampleRow::features).toList();
  }

  private ModelIdentity identity(TrainingData data, Optional<Model> champion, String key) {
    Map<String, String> details = new TreeMap<>();
    details.put(TrainingKey.DETAIL, key);
    details.put("trigger", input.order().trigger());
    details.put("topics", RetrainingRecord.topics(input.tally()));
    details.put("records.first", Instant.ofEpochMilli(input.tally().firstTime()).toString());
    details.put("records.last", Instant.ofEpochMilli(input.tally().lastTime()).toString());
    details.put("records.labelled", Long.toString(input.tally().labelledCount()));
    details.put("records.unlabelled", Long.toString(input.tally().unlabelledCount()));
    details.put("sample.rows", Integer.toString(input.sample().rows().size()));
    details.put("sample.size", Integer.toString(settings.sample().size()));
    details.put("sample.recent", Integer.toString(settings.sample().recent()));
    details.put("sample.class-floor", Integer.toString(settings.sample().classFloor()));
    details.put("sample.holdout", Double.toString(settings.sample().holdout()));
    details.put("judging.rows", Integer.toString(data.judging().size()));
    details.put("maturity", settings.maturity().toString());
    return new ModelIdentity(
        settings.model(),
        1,
        Instant.ofEpochMilli(System.currentTimeMillis()),
        data.classes().names(),
        champion.map(Model::featureNames).orElse(List.of()),
        champion.map(model -> OptionalLong.of(model.version())).orElse(OptionalLong.empty()),
        Optional.ofNullable(TrainingRun.class.getPackage().getImplementationVersion()).orElse(""),
        settings.featuresTopic() + " + " + settings.labelsTopic(),
        details);
  }
}
