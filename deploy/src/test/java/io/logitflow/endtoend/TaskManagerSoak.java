package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.classifier.Artifact;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.SingleObjects;
import io.logitflow.standalone.BuildOutput;
import io.logitflow.standalone.ClusterConfig;
import io.logitflow.standalone.JobSubmission;
import io.logitflow.standalone.StandaloneCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Swaps of the model and restarts of the job in one TaskManager leave nothing behind in it. Takes
 * minutes, so it runs only with the profile {@code soak}.
 */
class TaskManagerSoak {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int WARM_UP_SWAPS = 50;
  private static final int SWAPS = 200;
  private static final int WARM_UP_RESTARTS = 10;
  private static final int RESTARTS = 50;

  /** Growth of the resident memory that is still none. */
  private static final double TOLERANCE = 0.05;

  @TempDir private Path dir;

  private long sent;

  /** What computes. */
  enum Backend {
    KERNELS {
      @Override
      Model model(long version) throws InvalidModelException {
        return TestingModels.largestFeature(MODEL, version, FEATURES);
      }
    },
    ONNX_RUNTIME {
      @Override
      Model model(long version) throws InvalidModelException {
        float[] weights = new float[FEATURES * FEATURES];
        Arrays.fill(weights, 1f / version);
        return Model.builder()
            .name(MODEL)
            .version(version)
            .createdAt(Instant.EPOCH)
            .classNames(IntStream.range(0, FEATURES).mapToObj(Integer::toString).toList())
            .artifact(
                new Artifact(
                    Artifact.Format.ONNX,
                    List.of(FEATURES),
                    false,
                    OnnxFile.linear(weights, new float[FEATURES], FEATURES, FEATURES)))
            .build();
      }
    },
    PYTORCH {
      @Override
      Model model(long version) throws InvalidModelException {
        return TestingModels.convolutional(MODEL, version);
      }
    };

    private static final String MODEL = "m";
    private static final int FEATURES = 64;

    abstract Model model(long version) throws InvalidModelException;
  }

  @ParameterizedTest
  @EnumSource
  void residentMemoryStaysThroughSwapsAndRestarts(Backend backend) throws Exception {
    BuildOutput build = BuildOutput.ofThisClass();
    // The heap is resident from the start: what grows beyond is a leak outside it.
    Map<String, String> settings = Map.of("env.java.opts.taskmanager", "-XX:+AlwaysPreTouch");
    ClusterConfig config =
        new ClusterConfig(dir.resolve("cluster"), build.libraries(), 1, 1, 0, settings);
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir.resolve("kafka"), 0);
        Topics topics = Topics.create(broker, 1);
        TopicReader<Prediction> predictions = topics.predictionReader();
        StandaloneCluster cluster = StandaloneCluster.start(config)) {
      JobSubmission jobs = cluster.jobs();
      String jar = jobs.upload(build.jobJar());
      swapTo(backend.model(1), topics);
      String job = submit(jobs, jar, broker);
      for (int version = 2; version <= WARM_UP_SWAPS; version++) {
        swap(backend.model(version), topics, predictions);
      }
      long beforeSwaps = residentBytes(cluster);
      for (int version = WARM_UP_SWAPS + 1; version <= WARM_UP_SWAPS + SWAPS; version++) {
        swap(backend.model(version), topics, predictions);
      }
      assertFlat(backend + ", swaps", beforeSwaps, residentBytes(cluster));

      long newest = WARM_UP_SWAPS + SWAPS;
      long beforeRestarts = 0;
      for (int restart = 1; restart <= WARM_UP_RESTARTS + RESTARTS; restart++) {
        jobs.cancel(job, LIMIT);
        job = submit(jobs, jar, broker);
        send(topics);
        predictions.untilNext(read -> read.getModelVersion() == newest);
        if (restart == WARM_UP_RESTARTS) {
          beforeRestarts = residentBytes(cluster);
        }
      }
      assertFlat(backend + ", restarts", beforeRestarts, residentBytes(cluster));
      jobs.cancel(job, LIMIT);
    }
  }

  private static String submit(JobSubmission jobs, String jar, EmbeddedBroker broker)
      throws Exception {
    String job =
        jobs.run(
            jar,
            JobSubmission.SCORING_JOB,
            List.of(
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--model",
                Backend.MODEL,
                "--parallelism",
                "1"),
            Optional.empty());
    jobs.awaitRunning(job, LIMIT);
    return job;
  }

  /** Publishes a version and waits until it scores. */
  private void swap(Model model, Topics topics, TopicReader<Prediction> predictions)
      throws Exception {
    swapTo(model, topics);
    predictions.untilNext(
        read -> {
          if (read.getModelVersion() == model.version()) {
            return true;
          }
          send(topics);
          return false;
        });
  }

  private void swapTo(Model model, Topics topics) throws Exception {
    topics.publish(model);
    topics.alias(Backend.MODEL, "champion", model.version());
    topics.flush();
    send(topics);
  }

  private void send(Topics topics) {
    String id = "r" + sent++;
    FeatureRecord record =
        FeatureRecord.newBuilder()
            .setId(id)
            .setTime(Instant.ofEpochMilli(sent))
            .setSegment(null)
            .setFeatures(TestingModels.features(Backend.FEATURES, 3))
            .build();
    topics.send(Topics.FEATURES, id, SingleObjects.encode(FeatureRecord.getEncoder(), record));
    topics.flush();
  }

  private static long residentBytes(StandaloneCluster cluster) throws IOException {
    long pid =
        cluster.members().stream()
            .filter(member -> member.name().startsWith("taskmanager-"))
            .findFirst()
            .flatMap(StandaloneCluster.Member::pid)
            .orElseThrow();
    String line =
        Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(each -> each.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
  }

  private static void assertFlat(String what, long before, long after) {
    System.out.printf(
        "%s: %,d MB resident after warm-up, %,d MB at the end (%+.1f %%)%n",
        what, before >> 20, after >> 20, 100.0 * (after - before) / before);
    assertThat((double) after).as(what).isLessThan(before * (1 + TOLERANCE));
  }
}
