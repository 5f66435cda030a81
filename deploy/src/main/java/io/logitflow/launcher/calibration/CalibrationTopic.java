package io.logitflow.launcher.calibration;

import io.logitflow.launcher.models.ModelsTopicOptions;
import io.logitflow.launcher.topic.TopicFollower;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;

/** The calibration topic, read to its end again and again. */
final class CalibrationTopic implements AutoCloseable {

  private final TopicFollower follower;
  private final String topic;
  private final CalibrationWindows windows;

  private CalibrationTopic(TopicFollower follower, String topic, CalibrationWindows windows) {
    this.follower = follower;
    this.topic = topic;
    this.windows = windows;
  }

  /**
   * Connects.
   *
   * @param segment empty: all records
   * @param progress where to say how far it has come, if that takes long
   * @throws IOException if no broker answers or there is no such topic
   */
  static CalibrationTopic open(
      ModelsTopicOptions broker,
      CalibrationSelection selection,
      String segment,
      PrintWriter progress)
      throws IOException {
    String topic = broker.prefixed(selection.topic());
    return new CalibrationTopic(
        TopicFollower.open(
            broker.bootstrapServers(),
            topic,
            broker.clientProperties(),
            "the feedback job writes it; or check --calibration-topic and --topic-prefix",
            progress),
        topic,
        new CalibrationWindows(selection.model(), segment));
  }

  /** Reads on to the end that the topic has now; returns whether anything came. */
  boolean read() throws IOException {
    AtomicLong came = new AtomicLong();
    follower.readToEnd(
        record -> {
          String place = "%s-%d@%d".formatted(topic, record.partition(), record.offset());
          windows.add(place, record.key(), record.value());
          came.incrementAndGet();
          return true;
        });
    return came.get() > 0;
  }

  /** What was read so far. */
  CalibrationWindows windows() {
    return windows;
  }

  @Override
  public void close() {
    follower.close();
  }
}
