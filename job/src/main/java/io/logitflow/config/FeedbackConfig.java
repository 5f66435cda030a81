package io.logitflow.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;

/**
 * What the feedback job needs to know; checked as far as that is possible without a broker.
 *
 * @param kafka the connection to Kafka
 * @param topics names of the topics
 * @param model name of the model
 * @param predictionFormat framing of predictions
 * @param labelFormat framing of labels
 * @param registry schema registry; present if a wire format needs it
 * @param windows windows of event time, and how long they wait for labels
 * @param recalibration when calibrations are fitted, and what becomes of them
 * @param promotion how challengers are tested, and when a champion counts as worse than it was
 * @param stateBackend where pending predictions are kept
 * @param delivery what a failure may do to the output
 * @param reading how far, in which time and how parallel predictions and labels are read
 */
public record FeedbackConfig(
    KafkaConfig kafka,
    TopicNames topics,
    String model,
    WireFormat predictionFormat,
    WireFormat labelFormat,
    Optional<URI> registry,
    WindowConfig windows,
    RecalibrationConfig recalibration,
    PromotionConfig promotion,
    StateBackendChoice stateBackend,
    DeliveryConfig delivery,
    ReadingConfig reading)
    implements JobConfig {

  /**
   * Reads and checks every option.
   *
   * @throws ConfigurationException with every problem: missing, unknown and refused options, and
   *     options that contradict each other
   */
  public static FeedbackConfig from(Configuration configuration) throws ConfigurationException {
    return from(configuration, config -> List.of());
  }

  /**
   * Reads and checks every option, and what else the job depends on.
   *
   * @param brokerCheck finds problems of the broker and its topics, under the keys of the options
   *     that name them; not asked if the options for reaching the broker have problems themselves
   * @throws ConfigurationException with every problem of the options and of the broker
   */
  public static FeedbackConfig from(
      Configuration configuration, Function<FeedbackConfig, List<Problem>> brokerCheck)
      throws ConfigurationException {
    return new FeedbackConfigReader(configuration).read(brokerCheck);
  }
}
