package io.logitflow.scoring;

import io.logitflow.classifier.Placement;
import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.DeadLetters;
import io.logitflow.connector.ModelFeed;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.connector.ReadGate;
import io.logitflow.connector.RecordRun;
import io.logitflow.connector.wire.FeatureDecoder;
import io.logitflow.schema.DeadLetterReason;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores runs of feature records in micro-batches, with the models that a {@link ModelFeed} brings.
 *
 * <p>The micro-batch is scored when it is full, when its delay is over, when the source has no more
 * to hand over, before a watermark is forwarded, before a checkpoint barrier, before another model
 * comes into force, and at the end of the input. So it is empty whenever state is written, and a
 * batch is never scored by two champions.
 *
 * <p>The source is a {@link io.logitflow.connector.GatedSource} in the same task; its gate is
 * closed until there is a champion.
 */
public final class ScoringOperator extends AbstractStreamOperator<ProducedRecord>
    implements OneInputStreamOperator<RecordRun, ProducedRecord>, BoundedOneInput {

  /** Records that could not be used. */
  public static final OutputTag<ProducedRecord> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(ProducedRecord.class));

  private static final Logger LOG = LoggerFactory.getLogger(ScoringOperator.class);
  private static final long serialVersionUID = 1L;
  private static final String JOB = "scoring";

  /** Name of the external resource, and of its property, as Flink's driver for GPUs has them. */
  private static final String GPU_RESOURCE = "gpu";

  private static final String GPU_INDEX = "index";

  private final transient ScoringSettings settings;
  private final transient MailboxExecutor mailbox;
  private final transient DeadLetters deadLetters;
  private final transient BatchScorer.Output predictionOutput = new PredictionOutput();

  private transient Counter recordsIn;
  private transient ScoringMetrics scoringMetrics;
  private transient ReadGate gate;
  private transient FeatureDecoder decoder;
  private transient ModelLoader loader;
  private transient ServingModels models;
  private transient ModelFeed feed;
  private transient BatchTrigger trigger;
  private transient BatchScorer scorer;
  private transient BatchPipeline pipeline;

  ScoringOperator(StreamOperatorParameters<ProducedRecord> parameters, ScoringSettings settings) {
    super(parameters);
    this.settings = settings;
    this.mailbox = parameters.getMailboxExecutor();
    this.deadLetters = new DeadLetters(JOB, settings.deadLetterMaxBytes());
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    loader =
        new ModelLoader(
            threadName("model-loader"),
            mailbox,
            settings.kernel(),
            placement(),
            settings.predictionHeader());
    models =
        new ServingModels(
            settings.model(),
            settings.modelsTopic(),
            settings.shadowPrevious(),
            new ModelsInForce(
                context.getOperatorStateStore().getBroadcastState(ModelsInForce.DESCRIPTOR)),
            loader,
            new ModelChanges());
  }

  @Override
  public void open() throws Exception {
    super.open();
    recordsIn = getMetricGroup().getIOMetricGroup().getNumRecordsInCounter();
    scoringMetrics = new ScoringMetrics(getMetricGroup());
    decoder = settings.decoder().get();
    trigger =
        new BatchTrigger(
            getProcessingTimeService(), settings.maxBatchDelay().toMillis(), this::score);
    gate = ReadGate.ofTask(getMetricGroup());
    if (settings.flushWhenIdle()) {
      gate.whenIdle(this::score);
    }
    models.restore();
    feed =
        settings
            .models()
            .start(threadName("model-feed"), new MailedFeed(mailbox, new ModelRecords()));
  }

  @Override
  public void processElement(StreamRecord<RecordRun> element) {
    RecordRun run = element.getValue();
    for (int index = 0; index < run.size(); index++) {
      add(run, index);
    }
    // Flink has counted the run as one record.
    recordsIn.inc(run.size() - 1L);
  }

  private void add(RecordRun run, int index) {
    try {
      pipeline.collecting().add(run, index, decoder);
    } catch (BadRecordException e) {
      deadLetter(run.record(index), e.reason(), e.getMessage());
      return;
    }
    if (pipeline.collecting().size() == 1) {
      trigger.started();
    }
    if (pipeline.collecting().isFull()) {
      score();
    }
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    drain();
    super.processWatermark(watermark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    drain();
  }

  @Override
  public void endInput() {
    drain();
  }

  @Override
  public void close() throws Exception {
    if (feed != null) {
      feed.close();
    }
    if (loader != null) {
      loader.close();
    }
    if (pipeline != null) {
      pipeline.close();
    }
    if (models != null) {
      models.close();
    }
    ReadGate.forgetTask(getMetricGroup());
    super.close();
  }

  /** Has the micro-batch scored, if there is one. */
  private void score() {
    if (pipeline != null) {
      pipeline.score();
      trigger.flushed();
    }
  }

  /** Leaves nothing that is not handed on. */
  private void drain() {
    if (pipeline != null) {
      pipeline.drain();
      trigger.flushed();
    }
  }

  private void deadLetter(ConsumedRecord record, DeadLetterReason reason, String detail) {
    scoringMetrics.deadLetter(reason);
    ProducedRecord letter = deadLetters.encode(record, reason, detail);
    output.collect(DEAD_LETTERS, new StreamRecord<>(letter, letter.timestamp()));
  }

  private Placement placement() {
    List<Integer> gpus =
        getRuntimeContext().getExternalResourceInfos(GPU_RESOURCE).stream()
            .flatMap(gpu -> gpu.getProperty(GPU_INDEX).stream())
            .map(Integer::valueOf)
            .toList();
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    try {
      return settings.device().place(gpus, subtask);
    } catch (IllegalStateException e) {
      throw new SuppressRestartsException(e);
    }
  }

  private String threadName(String purpose) {
    return "logitflow-" + purpose + "-" + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
  }

  /** Says that the job waits, or fails it if it is not to wait. */
  private void noteMissingChampion() {
    if (!models.lacksChampion()) {
      return;
    }
    String message =
        "Topic '"
            + settings.modelsTopic()
            + "' has no usable champion of model '"
            + settings.model()
            + "'. To publish one: logitflow models publish --model "
            + settings.model()
            + " --file FILE --promote";
    if (settings.requireChampion()) {
      throw new SuppressRestartsException(new IllegalStateException(message));
    }
    LOG.warn("{}. No feature record is read before", message);
  }

  /** The models topic, on the task thread. */
  private final class ModelRecords implements MailedFeed.Listener {
    @Override
    public void record(ConsumedRecord record) throws Exception {
      models.accept(record);
    }

    @Override
    public void caughtUp() throws Exception {
      models.caughtUp();
    }
  }

  /** Puts models in force. */
  private final class ModelChanges implements ServingModels.Listener {
    @Override
    public void beforeChange() {
      drain();
    }

    @Override
    public void changed(String alias, ServingModel model) {
      scoringMetrics.serving(alias, model);
      LOG.info("{} is {}", alias, model == null ? "gone" : model.describe());
      ServingModel champion = models.serving(ModelKey.CHAMPION);
      if (champion == null) {
        // A challenger that is there first is scored once there is a champion.
        return;
      }
      if (pipeline == null) {
        int features = champion.model().featureCount();
        scorer = new BatchScorer(settings.kernel(), champion.model().classCount());
        pipeline =
            new BatchPipeline(
                threadName("scoring"),
                mailbox,
                () -> new MicroBatch(settings.maxBatchSize(), features),
                new Scoring());
      }
      List<ServingModel> serving = new ArrayList<>(List.of(champion));
      serving.addAll(models.shadows());
      scorer.serve(serving);
    }

    /** Every subtask sees the record; the first one reports it. */
    @Override
    public void refused(ConsumedRecord record, DeadLetterReason reason, String detail) {
      scoringMetrics.modelRefused();
      if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
        deadLetter(record, reason, detail);
      }
    }

    /** At the start records wait for the challenger too: none is to miss its shadow prediction. */
    @Override
    public void settled() {
      if (models.serving(ModelKey.CHAMPION) != null) {
        gate.open();
      } else {
        noteMissingChampion();
      }
    }
  }

  /** Scores with the models in force. */
  private final class Scoring implements BatchPipeline.Stages {
    @Override
    public boolean isOffloaded() {
      return scorer.isOffloaded();
    }

    @Override
    public void classify(MicroBatch batch) {
      batch.scoringStarts();
      scorer.classify(batch);
    }

    @Override
    public void handOn(MicroBatch batch) {
      long now = System.currentTimeMillis();
      scorer.write(batch, now, predictionOutput);
      scoringMetrics.scored(
          batch.size(), batch.bufferedNanos(), batch.scoringNanos(), now - batch.oldestTimestamp());
    }
  }

  /** Where predictions go. */
  private final class PredictionOutput implements BatchScorer.Output {
    /**
     * Written again for every prediction: nobody down the chain keeps it. It has no timestamp,
     * which the sink would box for a serialiser that takes that of the prediction.
     */
    private final StreamRecord<ProducedRecord> element = new StreamRecord<>(null);

    @Override
    public void prediction(ProducedRecord prediction) {
      output.collect(element.replace(prediction));
    }

    @Override
    public void rejected(ConsumedRecord record, BadRecordException reason) {
      deadLetter(record, reason.reason(), reason.getMessage());
    }

    /** The record is scored all the same. */
    @Override
    public void notShadowed(int challengers) {
      scoringMetrics.notShadowed(challengers);
    }
  }
}
