package io.logitflow.benchmarks.pipeline;

import io.logitflow.config.ScoringConfig;
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

  private final Workload workload;
  private final ExecutorService threads;

  RawLoop(Workload workload) {
    this.workload = workload;
    this.threads = Executors.newFixedThreadPool(workload.parallelism());
  }

  @Override
  public void run(String predictionsTopic) throws Exception {
    ScoringConfig config = workload.config(predictionsTopic);
    byte[] prediction = new Predictions(workload.model()).sample();
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < workload.parallelism(); thread++) {
      List<TopicPartition> share = share(thread);
      running.add(threads.submit(() -> copy(config, share, predictionsTopic, prediction)));
    }
    for (Future<?> copy : running) {
      copy.get();
    }
  }

  private List<TopicPartition> share(int thread) {
    List<TopicPartition> share = new ArrayList<>();
    for (int p = thread; p < Workload.PARTITIONS; p += workload.parallelism()) {
      share.add(new TopicPartition(workload.featuresTopic(), p));
    }
    return share;
  }

  private static void copy(
      ScoringConfig config, List<TopicPartition> from, String to, byte[] prediction) {
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
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          var unused =
              producer.send(
                  new ProducerRecord<>(to, null, record.timestamp(), record.key(), prediction));
        }
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
