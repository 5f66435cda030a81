package io.logitflow.connector.fetch;

import io.logitflow.config.ReadingRange;
import io.logitflow.connector.RecordRun;
import io.logitflow.connector.RecordRunType;
import java.io.IOException;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * A {@link KafkaSource} whose readers hand over {@linkplain RecordRun runs}. Enumerator, splits and
 * their state are those of the source inside, so a checkpoint of the one can be restored by the
 * other.
 *
 * <p>A reader is put together as KafkaSource does it, of the connector's reader and fetcher
 * manager, with three parts exchanged: the split reader ({@link RunSplitReader}), the emitter
 * ({@link RunEmitter}) and the consumer's deserialisers, which hand on Kafka's own buffers. That
 * the buffers stay valid is what Kafka's {@link ByteBufferDeserializer} promises; that nobody
 * between consumer and split reader looks into keys and values is not promised, but a test sees it.
 */
public final class KafkaRunSource
    implements Source<RecordRun, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<RecordRun> {

  private static final long serialVersionUID = 1L;

  private final KafkaRecordSource<?> source;
  private final Properties properties;

  private KafkaRunSource(KafkaRecordSource<?> source, Properties properties) {
    this.source = source;
    this.properties = properties;
  }

  /**
   * A source of a topic.
   *
   * @param kafka how to reach it
   * @param range where to begin if there is no state, and where to end
   */
  public static KafkaRunSource of(KafkaSources kafka, String topic, ReadingRange range) {
    Properties properties = kafka.readerProperties(topic, range.from());
    String deserializer = ByteBufferDeserializer.class.getName();
    properties.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, deserializer);
    properties.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, deserializer);
    return new KafkaRunSource(
        kafka.source(topic, range, new ConsumedRecordDeserializer()), properties);
  }

  @Override
  public SourceReader<RecordRun, KafkaPartitionSplit> createReader(SourceReaderContext context) {
    var queue =
        new FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>>();
    RunMetrics metrics = new RunMetrics(context.metricGroup());
    Configuration configuration = new Configuration();
    properties
        .stringPropertyNames()
        .forEach(key -> configuration.setString(key, properties.getProperty(key)));
    return new KafkaSourceReader<>(
        queue,
        new KafkaSourceFetcherManager(
            queue, () -> new RunSplitReader(properties, context, metrics), splits -> {}),
        new RunEmitter(metrics),
        configuration,
        context,
        metrics);
  }

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return source.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws IOException {
    return source.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return source.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<RecordRun> getProducedType() {
    return new RecordRunType();
  }
}
