package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Provenance;
import io.logitflow.classifier.Tensor;
import io.logitflow.config.Arguments;
import io.logitflow.config.JobOptions;
import io.logitflow.config.ScoringConfig;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.job.ScoringJob;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.SingleObjects;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringSmokeITCase {

  @Test
  void scores(@TempDir Path dir) throws Exception {
    Model model =
        Model.builder()
            .name("m")
            .version(1)
            .createdAt(Instant.EPOCH)
            .layers(
                List.of(
                    LinearLayer.of(
                        Tensor.float32(new float[] {1, 0, 0, 1}, 2, 2),
                        Tensor.float32(new float[] {0, 0}, 2))))
            .provenance(Provenance.ofImport("test", Map.of()))
            .build();
    try (EmbeddedBroker broker = EmbeddedBroker.start(dir, 0);
        Topics topics = Topics.create(broker, 2);
        EmbeddedCluster cluster = EmbeddedCluster.start(1, 4, new Configuration())) {
      ScoringConfig config =
          ScoringJob.configure(
              Arguments.parse(
                  JobOptions.SCORING,
                  new String[] {
                    "--bootstrap-servers", broker.bootstrapServers(), "--model", "m",
                    "--parallelism", "2", "--delivery-guarantee", "exactly-once",
                    "--checkpoint-interval", "300ms"
                  }));
      StreamExecutionEnvironment env = cluster.environment();
      ScoringJob.wire(env, config);
      JobClient job = env.executeAsync("test");
      for (int i = 0; i < 1000; i++) {
        topics.send(
            Topics.FEATURES,
            "r" + i,
            SingleObjects.encode(
                FeatureRecord.getEncoder(),
                FeatureRecord.newBuilder()
                    .setId("r" + i)
                    .setTime(Instant.ofEpochMilli(i))
                    .setSegment(null)
                    .setFeatures(List.of(i % 2 == 0 ? 5f : 0f, 2f))
                    .build()));
      }
      topics.publish(model);
      topics.alias("m", "champion", 1);
      topics.flush();
      List<Prediction> predictions = topics.predictions(read -> read.size() >= 1000);
      assertThat(predictions).hasSize(1000);
      for (Prediction prediction : predictions) {
        int i = Integer.parseInt(prediction.getRecordId().substring(1));
        assertThat(prediction.getLabel()).isEqualTo(i % 2);
      }
      String savepoint =
          job.stopWithSavepoint(
                  false, dir.resolve("sp").toUri().toString(), SavepointFormatType.CANONICAL)
              .get();
      System.out.println(savepoint);
    }
  }
}
