package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Tensor;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.SingleObjects;
import io.logitflow.standalone.BuildOutput;
import io.logitflow.standalone.ClusterConfig;
import io.logitflow.standalone.FlinkRestException;
import io.logitflow.standalone.JobSubmission;
import io.logitflow.standalone.StandaloneCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of one JobManager and two TaskManagers, each a process, with the job jar on it. */
class StandaloneClusterITCase {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir private static Path dir;

  private static BuildOutput build;
  private static StandaloneCluster cluster;
  private static JobSubmission jobs;
  private static String jarId;

  @BeforeAll
  static void start() throws Exception {
    build = BuildOutput.ofThisClass();
    cluster = StandaloneCluster.start(config(dir.resolve("cluster"), Map.of()));
    jobs = cluster.jobs();
    jarId = jobs.upload(build.jobJar());
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      List<Long> pids = cluster.running();
      cluster.stop();
      // One that has ended has no command, even while the system still keeps its exit code.
      assertThat(pids)
          .hasSizeGreaterThanOrEqualTo(2)
          .noneMatch(pid -> ProcessHandle.of(pid).flatMap(p -> p.info().command()).isPresent());
      assertThat(cluster.members()).isEmpty();
    }
  }

  @Test
  void jobOnAKilledTaskManagerGoesOnOnAnotherAndStopsWithASavepoint() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"), 0);
        Topics topics = Topics.create(broker, 1)) {
      topics.publish(model());
      topics.alias("m", "champion", 1);
      send(topics, 0, 500);

      String job = jobs.run(jarId, JobSubmission.SCORING_JOB, arguments(broker), Optional.empty());
      jobs.awaitRunning(job, LIMIT);
      assertIds(topics, 500);

      cluster.killTaskManager(taskManagerOf(job));
      send(topics, 500, 1000);
      assertIds(topics, 1000);
      jobs.awaitRunning(job, LIMIT);
      assertThat(cluster.members()).extracting(StandaloneCluster.Member::pid).hasSize(2);

      String savepoint = jobs.stop(job, Optional.empty(), LIMIT);
      assertThat(jobs.status(job)).isEqualTo(JobStatus.FINISHED);
      assertThat(Path.of(URI.create(savepoint)))
          .startsWith(cluster.directory().resolve("savepoints"));

      String next =
          jobs.run(jarId, JobSubmission.SCORING_JOB, arguments(broker), Optional.of(savepoint));
      send(topics, 1000, 1500);
      assertIds(topics, 1500);
      jobs.cancel(next, LIMIT);
      assertThat(jobs.status(next)).isEqualTo(JobStatus.CANCELED);
      assertThat(jobs.jobs())
          .extracting(JobSubmission.Job::name)
          .contains("logitflow scoring of m");
    }
  }

  @Test
  void jobWithWrongOptionsIsRefusedWithItsOwnWords() {
    assertThatThrownBy(
            () ->
                jobs.run(
                    jarId,
                    JobSubmission.SCORING_JOB,
                    // Without a broker nobody waits for one.
                    List.of("--micro-batch-size", "0"),
                    Optional.empty()))
        .isInstanceOf(FlinkRestException.class)
        .hasMessageContaining("micro-batch-size");
  }

  @Test
  void jarThatIsMissingIsNamed() {
    assertThatThrownBy(() -> jobs.upload(dir.resolve("none.jar")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.jar");
  }

  @Test
  void secondClusterInADirectoryIsRefused() {
    assertThatThrownBy(() -> StandaloneCluster.start(config(cluster.directory(), Map.of())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("runs in " + cluster.directory());
  }

  @Test
  void clusterThatDoesNotComeUpLeavesNoProcessAndSaysWhy() throws Exception {
    Path other = dir.resolve("other");

    assertThatThrownBy(
            () ->
                StandaloneCluster.start(
                    config(other, Map.of("env.java.opts.taskmanager", "-XX:+NoSuchFlag"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("taskmanager-", "NoSuchFlag");
    assertThat(StandaloneCluster.open(other).members()).isEmpty();
  }

  @Test
  void everyJvmHasTheVectorModuleAndALog() throws Exception {
    for (StandaloneCluster.Member member : cluster.members()) {
      long pid = member.pid().orElseThrow();
      assertThat(ProcessHandle.of(pid).orElseThrow().info().arguments().orElseThrow())
          .contains("--add-modules=jdk.incubator.vector");
      assertThat(cluster.directory().resolve("log/" + member.name() + ".log")).isNotEmptyFile();
    }
  }

  @Test
  void libraryHoldsFlinkAndItsLoggingAndNothingOfTheJob() throws Exception {
    try (Stream<Path> jars = Files.list(build.flinkLibrary())) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .anyMatch(jar -> jar.startsWith("flink-runtime-2."))
          .anyMatch(jar -> jar.startsWith("log4j-core-"))
          .noneMatch(jar -> jar.matches(".*(kafka|avro|logitflow|jackson-core|scala).*"));
    }
  }

  private static ClusterConfig config(Path directory, Map<String, String> settings) {
    return new ClusterConfig(directory, build.libraries(), 2, 1, 0, settings);
  }

  private static List<String> arguments(EmbeddedBroker broker) {
    return List.of(
        "--bootstrap-servers", broker.bootstrapServers(),
        "--model", "m",
        "--parallelism", "1",
        "--delivery-guarantee", "exactly-once",
        "--checkpoint-interval", "200ms");
  }

  /** Number of the TaskManager that runs the first task of a job. */
  private static int taskManagerOf(String job) throws Exception {
    JsonNode vertex = cluster.rest().get("/jobs/" + job).path("vertices").get(0);
    String id =
        cluster
            .rest()
            .get("/jobs/" + job + "/vertices/" + vertex.path("id").asText() + "/taskmanagers")
            .path("taskmanagers")
            .get(0)
            .path("taskmanager-id")
            .asText();
    return Integer.parseInt(id.substring("taskmanager-".length()));
  }

  private static void send(Topics topics, int from, int end) {
    for (int i = from; i < end; i++) {
      FeatureRecord record =
          FeatureRecord.newBuilder()
              .setId("r" + i)
              .setTime(Instant.ofEpochMilli(i))
              .setSegment(null)
              .setFeatures(List.of(1f, 2f))
              .build();
      topics.send(
          Topics.FEATURES, "r" + i, SingleObjects.encode(FeatureRecord.getEncoder(), record));
    }
    topics.flush();
  }

  /** Every record so far has one committed prediction. */
  private static void assertIds(Topics topics, int count) {
    assertThat(topics.predictions(read -> read.size() >= count))
        .extracting(Prediction::getRecordId)
        .doesNotHaveDuplicates()
        .hasSize(count);
  }

  private static Model model() throws InvalidModelException {
    return Model.builder()
        .name("m")
        .createdAt(Instant.EPOCH)
        .layers(
            List.of(
                LinearLayer.of(
                    Tensor.float32(new float[] {1, 0, 0, 1}, 2, 2),
                    Tensor.float32(new float[] {0, 0}, 2))))
        .build();
  }
}
