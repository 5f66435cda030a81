package io.logitflow.benchmarks.pipeline;

import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.config.Guarantee;
import io.logitflow.config.ScoringConfig;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Prediction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Scoring as the documentation of Flink and Avro suggests it: {@link FeatureRecord} objects from
 * the source, a map function, {@link Prediction} objects to the sink. It has the kernels of the
 * scoring job, or PyTorch through DJL; tuned, the object reuse of the scoring job and the
 * properties of its Kafka clients as well.
 */
final class IdiomaticJob implements FlinkPipeline.Definition {

  private final byte[] model;
  private final boolean tuned;
  private final boolean djl;

  /** As Flink and Kafka come. */
  static IdiomaticJob withDefaults(Workload workload) {
    return new IdiomaticJob(workload, false, false);
  }

  /** As Flink and Kafka come, with DJL. */
  static IdiomaticJob withDjl(Workload workload) {
    return new IdiomaticJob(workload, false, true);
  }

  /** With the settings of the scoring job. */
  static IdiomaticJob tuned(Workload workload) {
    return new IdiomaticJob(workload, true, false);
  }

  private IdiomaticJob(Workload workload, boolean tuned, boolean djl) {
    this.tuned = tuned;
    this.djl = djl;
    try {
      this.model = ModelContainer.encode(workload.model());
    } catch (InvalidModelException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void define(StreamExecutionEnvironment env, ScoringConfig config) {
    JobSettings.apply(env, config);
    if (tuned) {
      env.getConfig().enableObjectReuse();
    }
    env.fromSource(
            source(config),
            WatermarkStrategy.<FeatureRecord>forBoundedOutOfOrderness(
                    config.reading().maxOutOfOrderness())
                .withIdleness(config.reading().idleness()),
            "features")
        .map(djl ? new DjlClassifyOne(model) : new ClassifyOne(model, config.kernel()))
        .returns(new AvroTypeInfo<>(Prediction.class))
        .sinkTo(sink(config));
  }

  private KafkaSource<FeatureRecord> source(ScoringConfig config) {
    Properties properties = new Properties();
    if (tuned) {
      properties.putAll(config.kafka().consumer());
    }
    return KafkaSource.<FeatureRecord>builder()
        .setBootstrapServers(config.kafka().bootstrapServers())
        .setTopics(config.topics().features())
        .setGroupId("idiomatic")
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setBounded(OffsetsInitializer.latest())
        .setValueOnlyDeserializer(new FeatureRecordDeserialization())
        .setProperties(properties)
        .build();
  }

  private KafkaSink<Prediction> sink(ScoringConfig config) {
    Properties properties = new Properties();
    if (tuned) {
      properties.putAll(config.kafka().producer());
    }
    boolean exactlyOnce = config.delivery().guarantee() == Guarantee.EXACTLY_ONCE;
    if (exactlyOnce) {
      properties.setProperty(
          "transaction.timeout.ms",
          Long.toString(config.delivery().transactionTimeout().toMillis()));
    }
    return KafkaSink.<Prediction>builder()
        .setBootstrapServers(config.kafka().bootstrapServers())
        .setRecordSerializer(
            KafkaRecordSerializationSchema.<Prediction>builder()
                .setTopic(config.topics().predictions())
                .setKeySerializationSchema(new RecordIdSerialization())
                .setValueSerializationSchema(new PredictionSerialization())
                .build())
        .setDeliveryGuarantee(
            exactlyOnce ? DeliveryGuarantee.EXACTLY_ONCE : DeliveryGuarantee.AT_LEAST_ONCE)
        .setTransactionalIdPrefix("idiomatic-" + config.topics().predictions())
        .setKafkaProducerConfig(properties)
        .build();
  }

  /** Decodes with the generated class. */
  private static final class FeatureRecordDeserialization
      extends AbstractDeserializationSchema<FeatureRecord> {

    private static final long serialVersionUID = 1L;

    FeatureRecordDeserialization() {
      super(new AvroTypeInfo<>(FeatureRecord.class));
    }

    @Override
    public FeatureRecord deserialize(byte[] message) throws IOException {
      return FeatureRecord.fromByteBuffer(ByteBuffer.wrap(message));
    }
  }

  /** The key of a prediction. */
  private static final class RecordIdSerialization implements SerializationSchema<Prediction> {

    private static final long serialVersionUID = 1L;

    @Override
    public byte[] serialize(Prediction prediction) {
      return prediction.getRecordId().getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Encodes with the generated class. */
  private static final class PredictionSerialization implements SerializationSchema<Prediction> {

    private static final long serialVersionUID = 1L;

    @Override
    public byte[] serialize(Prediction prediction) {
      return Predictions.encode(prediction);
    }
  }

  /** Scores one record at a time. */
  private static final class ClassifyOne extends RichMapFunction<FeatureRecord, Prediction> {

    private static final long serialVersionUID = 1L;

    private final byte[] container;
    private final KernelChoice kernel;
    private transient Classifier classifier;
    private transient Predictions predictions;

    ClassifyOne(byte[] container, KernelChoice kernel) {
      this.container = container;
      this.kernel = kernel;
    }

    @Override
    public void open(OpenContext context) throws InvalidModelException {
      Model model = ModelContainer.decode(container);
      classifier = Classifiers.load(model, kernel);
      predictions = new Predictions(model);
    }

    @Override
    public Prediction map(FeatureRecord record) {
      List<Float> values = record.getFeatures();
      float[] features = new float[values.size()];
      for (int i = 0; i < features.length; i++) {
        features[i] = values.get(i);
      }
      Scores scores = new Scores(1, classifier.classCount());
      classifier.classify(FeatureBatch.of(features, 1), scores);
      return predictions.of(
          record.getId(), record.getTime(), scores.logits(), scores.probabilities());
    }

    @Override
    public void close() {
      classifier.close();
    }
  }
}
