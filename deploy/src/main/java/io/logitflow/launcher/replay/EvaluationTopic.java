package io.logitflow.launcher.replay;

import io.logitflow.config.KafkaConfig;
import io.logitflow.launcher.topic.TopicFollower;
import io.logitflow.schema.EvaluationReport;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** The topic of the reports. */
public final class EvaluationTopic {

  private EvaluationTopic() {}

  /**
   * Looks for the report of a run.
   *
   * @param progress where to say how far it has come, if that takes long
   * @throws IOException if the topic cannot be read, or has no such report
   */
  public static EvaluationReport report(
      KafkaConfig kafka, String topic, String runId, PrintWriter progress) throws IOException {
    AtomicReference<EvaluationReport> found = new AtomicReference<>();
    try (TopicFollower follower =
        TopicFollower.open(
            kafka.bootstrapServers(),
            topic,
            kafka.connection(),
            "create it, or check --evaluations-topic and --topic-prefix",
            progress)) {
      follower.readToEnd(
          record -> {
            if (record.key() != null
                && record.value() != null
                && new String(record.key(), StandardCharsets.UTF_8).equals(runId)) {
              found.set(SingleObjects.decode(EvaluationReport.class, record.value()));
            }
            return true;
          });
    }
    if (found.get() == null) {
      throw new IOException("topic '%s' has no report of run '%s'".formatted(topic, runId));
    }
    return found.get();
  }
}
