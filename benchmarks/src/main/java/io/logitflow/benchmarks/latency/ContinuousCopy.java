package io.logitflow.benchmarks.latency;

import io.logitflow.benchmarks.pipeline.Predictions;
import io.logitflow.benchmarks.pipeline.Topics;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.config.ScoringConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least that Kafka allows: one thread that polls and sends what it got, with a constant value
 * of a prediction's size. Without transactions, whatever the guarantee is.
 */
final class ContinuousCopy implements ContinuousPipeline {

  private static final Duration POLL = Duration.ofSeconds(1);

  private final byte[] prediction;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private KafkaConsumer<byte[], byte[]> consumer;
  private Future<?> copying;

  ContinuousCopy(LatencyWorkload workload) {
    try {
      this.prediction = new Predictions(workload.model()).sample();
    } catch (InvalidModelException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void start(ScoringConfig config) {
    Map<String, Object> consumerProperties = new HashMap<>(config.kafka().consumer());
    consumerProperties.put("bootstrap.servers", config.kafka().bootstrapServers());
    consumerProperties.put("enable.auto.commit", "false");
    Map<String, Object> producerProperties = new HashMap<>(config.kafka().producer());
    producerProperties.put("bootstrap.servers", config.kafka().bootstrapServers());
    consumer =
        new KafkaConsumer<>(
            consumerProperties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    copying = thread.submit(() -> copy(config, producerProperties));
  }

  private void copy(ScoringConfig config, Map<String, Object> producerProperties) {
    List<TopicPartition> partitions =
        IntStream.range(0, Topics.PARTITIONS)
            .mapToObj(partition -> new TopicPartition(config.topics().features(), partition))
            .toList();
    try (KafkaConsumer<byte[], byte[]> from = consumer;
        KafkaProducer<byte[], byte[]> to =
            new KafkaProducer<>(
                producerProperties, new ByteArraySerializer(), new ByteArraySerializer())) {
      from.assign(partitions);
      from.seekToBeginning(partitions);
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : from.poll(POLL)) {
          var unused =
              to.send(
                  new ProducerRecord<>(
                      config.topics().predictions(),
                      null,
                      record.timestamp(),
                      record.key(),
                      prediction));
        }
      }
    } catch (WakeupException e) {
      // Asked to stop.
    }
  }

  @Override
  public void stop() throws Exception {
    consumer.wakeup();
    copying.get();
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
