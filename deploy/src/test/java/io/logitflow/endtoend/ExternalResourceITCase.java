package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.SingleObjects;
import io.logitflow.standalone.BuildOutput;
import io.logitflow.standalone.ClusterConfig;
import io.logitflow.standalone.JobSubmission;
import io.logitflow.standalone.StandaloneCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster whose TaskManager offers two GPUs, by Flink's own driver and a discovery script that
 * claims them, while PyTorch is the one for CPUs.
 */
class ExternalResourceITCase {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String MODEL = "m";
  private static final int FEATURES = 64;

  @TempDir private static Path dir;

  private static BuildOutput build;
  private static EmbeddedBroker broker;
  private static StandaloneCluster cluster;
  private static String jar;

  @BeforeAll
  static void start() throws Exception {
    build = BuildOutput.ofThisClass();
    Path root = dir.resolve("cluster");
    Path plugin = Files.createDirectories(root.resolve("plugins/gpu"));
    try (Stream<Path> driver = Files.list(build.deployTarget().resolve("flink-plugins/gpu"))) {
      for (Path jar : driver.toList()) {
        Files.copy(jar, plugin.resolve(jar.getFileName()));
      }
    }
    Path script = Files.writeString(dir.resolve("discover-gpus"), "#!/bin/sh\necho 0,1\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    Map<String, String> settings =
        Map.of(
            "external-resources",
            "gpu",
            "external-resource.gpu.amount",
            "2",
            "external-resource.gpu.driver-factory.class",
            "org.apache.flink.externalresource.gpu.GPUDriverFactory",
            "external-resource.gpu.param.discovery-script.path",
            script.toString());
    broker = EmbeddedBroker.start(dir.resolve("kafka"), 0);
    cluster =
        StandaloneCluster.start(new ClusterConfig(root, build.libraries(), 1, 2, 0, settings));
    jar = cluster.jobs().upload(build.jobJar());
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void subtasksTakeTheGpusInTurnAndTheCpuWhereTheyCannotBeUsed() throws Exception {
    try (Topics topics = Topics.create(broker, "auto-", 2);
        TopicReader<Prediction> predictions = topics.predictionReader()) {
      topics.publish(TestingModels.convolutional(MODEL, 1));
      topics.alias(MODEL, "champion", 1);
      send(topics, 100);
      String job = submit("auto-", "2", "auto");

      assertThat(predictions.until(read -> read.size() >= 100)).hasSize(100);
      assertThat(log())
          .contains("PyTorch cannot compute on GPU 0: its native library is the one for CPUs")
          .contains("PyTorch cannot compute on GPU 1: its native library is the one for CPUs")
          .contains("The CPU is used instead.");
      cluster.jobs().cancel(job, LIMIT);
    }
  }

  @Test
  void modelThatMustHaveAGpuIsRefusedWithTheReasonAndTheNextOneServes() throws Exception {
    try (Topics topics = Topics.create(broker, "must-", 1);
        TopicReader<Prediction> predictions = topics.predictionReader()) {
      topics.publish(TestingModels.convolutional(MODEL, 1));
      topics.alias(MODEL, "champion", 1);
      topics.flush();
      String job = submit("must-", "1", "gpu");

      assertThat(topics.deadLetters(read -> !read.isEmpty()))
          .singleElement()
          .satisfies(
              refused -> {
                assertThat(refused.getReason()).isEqualTo(DeadLetterReason.MODEL_REFUSED);
                assertThat(refused.getDetail())
                    .contains("PyTorch cannot compute on GPU 0: its native library is the one");
              });
      topics.publish(TestingModels.largestFeature(MODEL, 2, FEATURES));
      topics.alias(MODEL, "champion", 2);
      send(topics, 10);
      assertThat(predictions.until(read -> read.size() >= 10))
          .extracting(Prediction::getModelVersion)
          .containsOnly(2L);
      cluster.jobs().cancel(job, LIMIT);
    }
  }

  private static String submit(String prefix, String parallelism, String device) throws Exception {
    String job =
        cluster
            .jobs()
            .run(
                jar,
                JobSubmission.SCORING_JOB,
                List.of(
                    "--bootstrap-servers", broker.bootstrapServers(),
                    "--topic-prefix", prefix,
                    "--model", MODEL,
                    "--parallelism", parallelism,
                    "--device", device),
                Optional.empty());
    cluster.jobs().awaitRunning(job, LIMIT);
    return job;
  }

  private static void send(Topics topics, int count) {
    for (int i = 0; i < count; i++) {
      FeatureRecord record =
          FeatureRecord.newBuilder()
              .setId("r" + i)
              .setTime(Instant.ofEpochMilli(i))
              .setSegment(null)
              .setFeatures(TestingModels.features(FEATURES, i % FEATURES))
              .build();
      topics.send(
          Topics.FEATURES, "r" + i, SingleObjects.encode(FeatureRecord.getEncoder(), record));
    }
    topics.flush();
  }

  private static String log() throws Exception {
    return Files.readString(cluster.directory().resolve("log/taskmanager-1.log"));
  }
}
