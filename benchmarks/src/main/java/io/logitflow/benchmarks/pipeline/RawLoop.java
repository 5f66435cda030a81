package io.logitflow.benchmarks.pipeline;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.config.ScoringConfig;
import io.logitflow.connector.BadRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A consumer and a producer per thread, without transactions whatever the guarantee is. */
final class RawLoop implements Pipeline {

  private static final Duration POLL = Duration.ofMillis(100);

  /** Takes what predictions come to. */
  interface Output {
    void prediction(long timestamp, byte[] key, byte[] value);
  }

  /** What happens to what a poll returned. One per thread. */
  interface Step {
    void polled(ConsumerRecords<byte[], byte[]> records, Output output) throws BadRecordException;
  }

  /** Makes the step of a thread. */
  private interface StepFactory {
    Step create(ScoringConfig config) throws InvalidModelException;
  }

  private final Workload workload;
  private final StepFactory steps;
  private final ExecutorService threads;

  /** Copies keys and writes constant values. */
  static RawLoop copying(Workload workload) {
    return new RawLoop(
        workload,
        config -> {
          byte[] prediction = new Predictions(workload.model()).sample();
          return (records, output) -> {
            for (ConsumerRecord<byte[], byte[]> record : records) {
              output.prediction(record.timestamp(), record.key(), prediction);
            }
          };
        });
  }

  /** Decodes, scores and encodes as the scoring job does. */
  static RawLoop scoring(Workload workload) {
    return new RawLoop(workload, config -> new RawScoring(workload.model(), config));
  }

  private RawLoop(Workload workload, StepFactory steps) {
    this.workload = workload;
    this.steps = steps;
    this.threads = Executors.newFixedThreadPool(workload.parallelism());
  }

  @Override
  public void run(RunTopics topics) throws Exception {
    ScoringConfig config = workload.config(topics);
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < workload.parallelism(); thread++) {
      List<TopicPartition> share = share(thread);
      Step step = steps.create(config);
      running.add(
          threads.submit(
              () -> {
                loop(config, share, step);
                return null;
              }));
    }
    for (Future<?> loop : running) {
      loop.get();
    }
  }

  private List<TopicPartition> share(int thread) {
    List<TopicPartition> share = new ArrayList<>();
    for (int p = thread; p < Topics.PARTITIONS; p += workload.parallelism()) {
      share.add(new TopicPartition(workload.featuresTopic(), p));
    }
    return share;
  }

  private static void loop(ScoringConfig config, List<TopicPartition> from, Step step)
      throws BadRecordException {
    String to = config.topics().predictions();
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                consumerProperties(config),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                producerProperties(config), new ByteArraySerializer(), new ByteArraySerializer())) {
      consumer.assign(from);
      consumer.seekToBeginning(from);
      Map<TopicPartition, Long> ends = consumer.endOffsets(from);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        step.polled(
            consumer.poll(POLL),
            (timestamp, key, value) -> {
              var unused = producer.send(new ProducerRecord<>(to, null, timestamp, key, value));
            });
      }
    }
  }

  private static Map<String, Object> consumerProperties(ScoringConfig config) {
    Map<String, Object> properties = new HashMap<>(config.kafka().consumer());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    return properties;
  }

  private static Map<String, Object> producerProperties(ScoringConfig config) {
    Map<String, Object> properties = new HashMap<>(config.kafka().producer());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    return properties;
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
