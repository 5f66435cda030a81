package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models that an engine computes, beside the task thread. */
@Timeout(600)
final class EngineITCase {

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

  @Test
  void aConvolutionalNetworkInTorchScriptGivesWhatPyTorchGave() throws Exception {
    JsonNode expected = expected("convolutional");
    int rows = expected.get("inputs").size();
    int records = 50 * rows;
    try (Topics topics = platform.topics(1)) {
      topics.publish(TestingModels.convolutional(TestModel.NAME, 1));
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
