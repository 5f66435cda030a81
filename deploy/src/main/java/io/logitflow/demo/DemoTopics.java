package io.logitflow.demo;

import io.logitflow.embedded.EmbeddedBroker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Topics of the demo, under their default names, with one partition per subtask at least.
 *
 * @param recordPartitions partitions of the topics with features, labels and predictions; the
 *     others have one
 */
record DemoTopics(int recordPartitions) {
  /** Topics with few records. */
  private static final Set<String> SINGLE =
      Set.of("models", "dead-letters", "calibration", "decisions", "evaluations");

  private static final int MIN_PARTITIONS = 2;
  private static final int SEGMENT_BYTES = 32 << 20;

  /** Segments of the calibration topic: the one that is written to is never compacted. */
  private static final int CALIBRATION_BYTES = 8 << 20;

  static DemoTopics forParallelism(int parallelism) {
    return new DemoTopics(Math.max(MIN_PARTITIONS, parallelism));
  }

  String features() {
    return "features";
  }

  String labels() {
    return "labels";
  }

  String predictions() {
    return "predictions";
  }

  String deadLetters() {
    return "dead-letters";
  }

  String calibration() {
    return "calibration";
  }

  String decisions() {
    return "decisions";
  }

  String evaluations() {
    return "evaluations";
  }

  String models() {
    return "models";
  }

  /** Number of partitions of one of the topics. */
  int partitions(String topic) {
    return SINGLE.contains(topic) ? 1 : recordPartitions;
  }

  /**
   * Creates the topics, but for the models topic, which whoever publishes the first model creates.
   * Segments are small, so that what was read can be deleted soon. A calibration record replaces
   * those before it with its key, so that topic is compacted: nothing but the newest is of use, and
   * it must not be deleted for its age.
   */
  void createOn(EmbeddedBroker broker) throws IOException, InterruptedException {
    Map<String, String> config = Map.of("segment.bytes", String.valueOf(SEGMENT_BYTES));
    for (String topic :
        List.of(features(), labels(), predictions(), deadLetters(), decisions(), evaluations())) {
      broker.createTopic(topic, partitions(topic), config);
    }
    broker.createTopic(
        calibration(),
        partitions(calibration()),
        Map.of("cleanup.policy", "compact", "segment.bytes", String.valueOf(CALIBRATION_BYTES)));
  }
}
