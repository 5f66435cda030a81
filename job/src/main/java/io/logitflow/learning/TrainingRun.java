package io.logitflow.learning;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.config.PublishMode;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.training.ModelIdentity;
import io.logitflow.training.StopReason;
import io.logitflow.training.Teacher;
import io.logitflow.training.TrainingListener;
import io.logitflow.training.TrainingResult;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One training, from a sample to a published version: says whether there is to be one, trains,
 * judges by held-out rows, and publishes what is worth a trial. Nothing of Flink is in it, and it
 * takes its time: it is for a thread of its own.
 */
final class TrainingRun {

  /** With fewer rows to judge by, chance decides. */
  static final int MIN_JUDGING = 30;

  private static final int GOLDEN_ROWS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final TrainingSettings settings;
  private final SampleAssembly input;
  private final RetrainingRecord record;
  private final VersionPublisher publisher;

  private String key;
  private Optional<Model> champion;
  private Optional<Model> teacher;
  private TrainingData data;
  private long start;

  /** Makes ready for a training with a sample. */
  TrainingRun(TrainingSettings settings, SampleAssembly input) {
    this.settings = settings;
    this.input = input;
    this.record = new RetrainingRecord(settings, input.order(), input.tally());
    this.publisher = new VersionPublisher(settings, record);
  }

  /**
   * Trains with rows that are all here.
   *
   * @param listener is told how it goes on
   * @param cancelled whether the result is not wanted any more
   * @return what came of it; empty if it was cancelled
   */
  Optional<TrainingOutcome> run(TrainingListener listener, BooleanSupplier cancelled) {
    Optional<TrainingOutcome> settled = prepare();
    if (settled.isPresent()) {
      return settled;
    }
    TrainingRows rows;
    TrainingRows stopping;
    try {
      rows = taught(data.trainingRows());
      stopping = taught(data.stoppingRows());
    } catch (InvalidModelException e) {
      return Optional.of(record.notNow("the model to distil from: " + e.getMessage()));
    }
    TrainingResult result;
    try {
      result =
          settings
              .trainer()
              .create()
              .train(rows, Optional.of(stopping), champion, listener, cancelled);
    } catch (InvalidModelException e) {
      return Optional.of(record.refused("cannot be trained: " + e.getMessage()));
    }
    return result.report().reason() == StopReason.CANCELLED || cancelled.getAsBoolean()
        ? Optional.empty()
        : Optional.of(finish(result));
  }

  private TrainingRows taught(TrainingRows rows) throws InvalidModelException {
    return teacher.isPresent() ? new Teacher(teacher.get()).teach(rows) : rows;
  }

  /**
   * Looks at the models topic and divides the sample.
   *
   * @return why there is to be no training; empty if there is
   */
  Optional<TrainingOutcome> prepare() {
    try {
      return prepare(ReferenceModels.read(settings));
    } catch (ModelTopicException e) {
      return Optional.of(unreachable(e));
    }
  }

  /** The rows, once it is prepared. */
  TrainingData data() {
    return data;
  }

  /** The version that served when it was prepared. */
  Optional<Model> champion() {
    return champion;
  }

  /** Judges what training has found, and publishes it if it is worth a trial. */
  TrainingOutcome finish(TrainingResult result) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    record.evidence("trainingSeconds", took.toMillis() / 1e3);
    record.evidence("trainingSteps", result.report().stepCount());
    record.detail("stoppedBy", result.report().reason().name());
    Model candidate;
    Judgement judgement;
    try {
      candidate = result.toModel(identity(), goldenRows());
      judgement = Judgement.of(candidate, data.judging(), data.classes());
    } catch (InvalidModelException e) {
      return record.refused("the trained model must not serve: " + e.getMessage());
    }
    record.judged("candidate", judgement);
    try {
      return publisher.publish(candidate, judgement, data);
    } catch (ModelTopicException e) {
      return unreachable(e);
    }
  }

  private TrainingOutcome unreachable(ModelTopicException e) {
    return record.notNow("the models topic: " + e.getMessage());
  }

  private Optional<TrainingOutcome> prepare(ReferenceModels models) throws ModelTopicException {
    champion = models.champion();
    champion.ifPresent(model -> record.champion(model.version()));
    List<SampleRow> rows = input.sample().rows();
    key = TrainingKey.of(settings, input.order(), rows);
    OptionalLong before = models.madeBy(key);
    if (before.isPresent()) {
      return Optional.of(publisher.publishedBefore(before.getAsLong()));
    }
    if (settings.publishing().mode() == PublishMode.CHALLENGER
        && !settings.publishing().replaceChallenger()
        && models.challenger().isPresent()) {
      return Optional.of(record.postponed(models.challenger().getAsLong()));
    }
    data =
        TrainingData.of(
            input.sample(),
            input.tally(),
            classes(models),
            champion.map(model -> OptionalInt.of(model.featureCount())).orElse(OptionalInt.empty()),
            new HeldOut(settings.sample().holdout()));
    teacher = models.teacher(settings.distillation());
    describe(rows);
    start = System.nanoTime();
    return lacking().or(this::unfitTeacher).map(record::notNow);
  }

  private TrainingClasses classes(ReferenceModels models) {
    List<String> names =
        settings.classNames().isEmpty() ? models.classNames() : settings.classNames();
    return names.isEmpty()
        ? TrainingClasses.ofLabels(input.tally().classes().keySet())
        : TrainingClasses.of(names);
  }

  private void describe(List<SampleRow> rows) {
    record.evidence("sampleRows", rows.size());
    record.evidence("trainingRows", data.training().size());
    record.evidence("stoppingRows", data.stopping().size());
    record.evidence("judgingRows", data.judging().size());
    record.evidence("unknownClassRows", data.unknownClass());
    record.evidence("otherFeatureCountRows", data.otherFeatureCount());
    record.evidence("features", data.featureCount());
    record.evidence("classes", data.classes().names().size());
  }

  private Optional<String> lacking() {
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

  /** Why there is no distillation from the model that was named; the first champion has none. */
  private Optional<String> unfitTeacher() {
    if (settings.distillation().isNone()) {
      return Optional.empty();
    }
    if (teacher.isEmpty()) {
      if (settings.distillation().isFromChampion()) {
        LOG.info("There is no champion of {} yet to distil from: labels alone", settings.model());
        return Optional.empty();
      }
      return Optional.of(
          "version %s, to distil from, is not on the models topic"
              .formatted(settings.distillation().from()));
    }
    Model from = teacher.get();
    List<String> names = data.classes().names();
    if (!new Teacher(from).fits(data.featureCount(), names.size())
        || !from.classNames().equals(names)) {
      return Optional.of(
          "%s with classes %s and %s cannot teach rows of %d features and classes %s"
              .formatted(
                  from, from.classNames(), from.outputFunction(), data.featureCount(), names));
    }
    return Optional.empty();
  }

  /** Of the rows whose features are here: with several subtasks, others have the others. */
  private List<float[]> goldenRows() {
    ShardDivision division = settings.division();
    return data.training().stream()
        .filter(row -> division.owner(row) == ShardDivision.LEADER)
        .limit(GOLDEN_ROWS)
        .map(SampleRow::features)
        .toList();
  }

  private ModelIdentity identity() {
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
    details.put("training-parallelism", Integer.toString(settings.sharded().parallelism()));
    details.put("maturity", settings.maturity().toString());
    if (!settings.distillation().isNone()) {
      details.put(
          "distil-from",
          teacher.map(from -> "version " + from.version()).orElse("no champion yet"));
    }
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
