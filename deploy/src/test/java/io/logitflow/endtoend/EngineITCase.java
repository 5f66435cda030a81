package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.classifier.Artifact;
import io.logitflow.classifier.Model;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models that an engine computes, beside the task thread. */
@Timeout(600)
final class EngineITCase {

  private static final int RATE = 2000;
  private static final int AT_LEAST = 6000;
  private static final int VERSIONS = 6;

  @TempDir static Path dir;
  private static Platform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = Platform.start(dir);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  /** Every other version is an ONNX file. */
  private static TestModel version(int version) {
    return new TestModel(version, version % 3, 1 + version / 8f, version % 2 == 0);
  }

  @Test
  void swapsBetweenKernelsAndAnEngineLoseAndDoubleNothing() throws Exception {
    try (Topics topics = platform.topics(4);
        TopicReader<Prediction> reader = topics.predictionReader();
        SteadyLoad load = SteadyLoad.start(topics, RATE);
        ScoringRun run =
            ScoringRun.start(
                platform,
                topics,
                "--parallelism=2",
                "--micro-batch-size=16",
                "--delivery-guarantee=exactly-once",
                "--checkpoint-interval=200ms")) {
      for (int version = 1; version <= VERSIONS; version++) {
        TestModel champion = version(version);
        topics.publish(champion.model());
        topics.alias(TestModel.NAME, "champion", champion.version());
        reader.untilNext(read -> read.getModelVersion() == champion.version());
      }
      long sent = load.stopAfter(AT_LEAST);
      reader.until(read -> read.size() >= sent);
      assertThat(run.restarts()).isZero();
      run.stopWithSavepoint();

      List<Prediction> served = reader.toEnd();
      Served.eachOnce(served, sent);
      Served.asTheVersionNamed(
          served,
          ModelRole.CHAMPION,
          IntStream.rangeClosed(1, VERSIONS)
              .mapToObj(EngineITCase::version)
              .toArray(TestModel[]::new));
    }
  }

  @Test
  void aConvolutionalNetworkInTorchScriptGivesWhatPyTorchGave() throws Exception {
    JsonNode expected = expected("convolutional");
    int rows = expected.get("inputs").size();
    int records = 50 * rows;
    try (Topics topics = platform.topics(1)) {
      topics.publish(convolutional());
      topics.alias(TestModel.NAME, "champion", 1);
      for (int record = 0; record < records; record++) {
        topics.send(
            Topics.FEATURES,
            TestRecords.id(record),
            record(record, expected.get("inputs").get(record % rows)));
      }
      topics.flush();
      try (ScoringRun run = ScoringRun.start(platform, topics, "--bounded")) {
        run.awaitEnd();
      }

      List<Prediction> served = topics.readAll(Topics.PREDICTIONS, Topics::prediction);
      Served.eachOnce(served, records);
      for (Prediction prediction : served) {
        int row = (int) (TestRecords.number(prediction.getRecordId()) % rows);
        JsonNode probabilities = expected.get("probabilities").get(row);
        for (int label = 0; label < probabilities.size(); label++) {
          double probability = probabilities.get(label).doubleValue();
          assertThat((double) prediction.getProbabilities().get(label))
              .as("class %d of row %d", label, row)
              .isCloseTo(probability, within(1e-6 + 1e-5 * probability));
        }
      }
    }
  }

  @Test
  void aGpuThatMustBeAndIsNotFailsTheJobAtOnce() throws Exception {
    try (Topics topics = platform.topics(1);
        ScoringRun run = ScoringRun.start(platform, topics, "--device=gpu")) {
      assertThatThrownBy(run::awaitEnd)
          .rootCause()
          .hasMessageContaining("external-resource.gpu.amount");
      assertThat(run.status()).isEqualTo(JobStatus.FAILED);
      assertThat(run.restarts()).isZero();
    }
  }

  private static Model convolutional() throws Exception {
    return Model.builder()
        .name(TestModel.NAME)
        .version(1)
        .createdAt(Instant.EPOCH)
        .classNames(IntStream.range(0, 10).mapToObj(Integer::toString).toList())
        .artifact(
            new Artifact(
                Artifact.Format.TORCHSCRIPT,
                List.of(1, 8, 8),
                false,
                ModelFiles.bytes("convolutional.pt")))
        .build();
  }

  private static byte[] record(int record, JsonNode values) {
    List<Float> features = new ArrayList<>();
    values.forEach(value -> features.add(value.floatValue()));
    return SingleObjects.encode(
        FeatureRecord.getEncoder(),
        FeatureRecord.newBuilder()
            .setId(TestRecords.id(record))
            .setTime(TestRecords.time(record))
            .setSegment(null)
            .setFeatures(features)
            .build());
  }

  private static JsonNode expected(String name) throws IOException {
    return new ObjectMapper().readTree(ModelFiles.bytes(name + ".expected.json"));
  }
}
