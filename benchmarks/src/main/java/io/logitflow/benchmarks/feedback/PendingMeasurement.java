package io.logitflow.benchmarks.feedback;

import io.logitflow.benchmarks.pipeline.Topics;
import io.logitflow.config.Arguments;
import io.logitflow.config.FeedbackConfig;
import io.logitflow.config.JobOptions;
import io.logitflow.connector.ModelTopic;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.job.FeedbackJob;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Millions of predictions that wait for their labels in RocksDB: reading them, a savepoint of them,
 * starting from it, and joining the labels.
 */
final class PendingMeasurement {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final String PREFIX = "pending-";

  private final EmbeddedCluster cluster;
  private final String bootstrapServers;
  private final FeedbackRecords feedback;
  private final long records;
  private final Path savepoints;
  private final Consumer<String> progress;

  /**
   * Prepares a measurement.
   *
   * @param records number of predictions
   * @param savepoints directory for the savepoint
   * @param progress hears what is going on
   */
  PendingMeasurement(
      EmbeddedCluster cluster,
      String bootstrapServers,
      FeedbackRecords feedback,
      long records,
      Path savepoints,
      Consumer<String> progress) {
    this.cluster = cluster;
    this.bootstrapServers = bootstrapServers;
    this.feedback = feedback;
    this.records = records;
    this.savepoints = savepoints;
    this.progress = progress;
  }

  /**
   * What was measured.
   *
   * @param pendingPerSecond predictions per second put into state
   * @param heapBytes heap of the JVM after a collection, with everything pending, minus before
   * @param savepointSeconds time of the savepoint
   * @param savepointBytes its size
   * @param joinedPerSecond labels per second after the restore, the restore included
   */
  record Result(
      double pendingPerSecond,
      long heapBytes,
      double savepointSeconds,
      long savepointBytes,
      double joinedPerSecond) {}

  Result run(Topics topics) throws Exception {
    for (String topic :
        List.of("predictions", "labels", "calibration", "decisions", "dead-letters")) {
      topics.create(PREFIX + topic);
    }
    try (ModelTopic models = topics.createModels(PREFIX + "models")) {
      progress.accept("Writing %,d predictions".formatted(records));
    }
    feedback.writePredictions(bootstrapServers, PREFIX + "predictions", records);
    long heapBefore = heap();
    progress.accept("Reading them into state");
    long start = System.nanoTime();
    JobClient filling = start(new Configuration());
    awaitPredictions();
    double pendingPerSecond = records / seconds(start);
    long heapBytes = heap() - heapBefore;
    progress.accept("Writing a savepoint");
    start = System.nanoTime();
    String savepoint =
        filling
            .stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.NATIVE)
            .get();
    double savepointSeconds = seconds(start);
    long savepointBytes = size(Path.of(URI.create(savepoint)));
    progress.accept("Writing %,d labels".formatted(records));
    feedback.writeLabels(bootstrapServers, PREFIX + "labels", records);
    progress.accept("Joining them after a restore");
    start = System.nanoTime();
    JobClient joining =
        start(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint));
    awaitLabels();
    double joinedPerSecond = records / seconds(start);
    joining.cancel().get();
    return new Result(
        pendingPerSecond, heapBytes, savepointSeconds, savepointBytes, joinedPerSecond);
  }

  private JobClient start(Configuration jobConfiguration) throws Exception {
    FeedbackConfig config =
        FeedbackJob.configure(
            Arguments.parse(
                JobOptions.FEEDBACK,
                new String[] {
                  "--bootstrap-servers=" + bootstrapServers,
                  "--model=" + FeedbackRecords.MODEL,
                  "--topic-prefix=" + PREFIX,
                  "--from=earliest",
                  "--window=1 d",
                  "--maturity=1 d",
                  "--retention=1 d",
                  "--report-interval=1 s",
                  "--recalibration=off",
                  "--state-backend=rocksdb",
                  "--parallelism=2",
                  "--checkpoint-interval=30 s"
                }));
    StreamExecutionEnvironment env = cluster.environment(jobConfiguration);
    FeedbackJob.wire(env, config);
    return env.executeAsync("pending predictions");
  }

  private void awaitPredictions() throws Exception {
    await(record -> record.getPredictions());
  }

  private void awaitLabels() throws Exception {
    await(record -> record.getLabelled());
  }

  /** Something that is counted of a window. */
  private interface Count {
    long of(CalibrationRecord record);
  }

  /** Waits until the windows of the champion have counted all records. */
  private void await(Count count) throws Exception {
    Map<String, Long> counted = new HashMap<>();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, Topics.PARTITIONS)
              .mapToObj(partition -> new TopicPartition(PREFIX + "calibration", partition))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (counted.values().stream().mapToLong(n -> n).sum() < records) {
        for (ConsumerRecord<byte[], byte[]> bytes : consumer.poll(POLL)) {
          CalibrationRecord record =
              SingleObjects.decode(CalibrationRecord.getDecoder(), bytes.value());
          if (record.getRole() == ModelRole.CHAMPION) {
            counted.put(record.getWindowStart().toString(), count.of(record));
          }
        }
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "%s of %,d records after %s".formatted(counted, records, LIMIT));
        }
      }
    }
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }
}
