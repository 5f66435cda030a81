package io.logitflow.benchmarks.pipeline;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.config.ScoringConfig;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.KafkaSinks;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.connector.fetch.KafkaSources;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The ceiling of a Flink job on this connector: the source and the sink of the scoring job with
 * nothing between them but a constant value of a prediction's size. No watermarks.
 */
public final class PassthroughJob implements FlinkPipeline.Definition {

  private final byte[] prediction;
  private final boolean chained;

  /** Source, map and sink in one task. */
  public static PassthroughJob chained(Shape shape) {
    return new PassthroughJob(shape, true);
  }

  /** The source in a task of its own: records are serialised and queued behind it. */
  static PassthroughJob unchained(Shape shape) {
    return new PassthroughJob(shape, false);
  }

  private PassthroughJob(Shape shape, boolean chained) {
    this.chained = chained;
    try {
      this.prediction = new Predictions(BenchmarkModel.of(shape)).sample();
    } catch (InvalidModelException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void define(StreamExecutionEnvironment env, ScoringConfig config) {
    JobSettings.apply(env, config);
    env.getConfig().enableObjectReuse();
    SingleOutputStreamOperator<ProducedRecord> predictions =
        env.fromSource(
                new KafkaSources(config.kafka())
                    .records(config.topics().features(), config.reading().range()),
                WatermarkStrategy.noWatermarks(),
                "features")
            .map(new ConstantPrediction(prediction))
            .returns(ProducedRecord.class);
    if (!chained) {
      predictions.startNewChain();
    }
    predictions.sinkTo(
        new KafkaSinks(
                config.kafka(),
                config.delivery().guarantee(),
                "passthrough",
                config.delivery().transactionTimeout())
            .records(config.topics().predictions()));
  }

  /** Answers every record with the same bytes under its own key. */
  private static final class ConstantPrediction
      implements MapFunction<ConsumedRecord, ProducedRecord> {

    private static final long serialVersionUID = 1L;

    private final byte[] prediction;

    ConstantPrediction(byte[] prediction) {
      this.prediction = prediction;
    }

    @Override
    public ProducedRecord map(ConsumedRecord record) {
      return new ProducedRecord(record.key(), prediction, record.timestamp());
    }
  }
}
