package io.logitflow.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;

/**
 * What the training job needs to know; checked as far as that is possible without a broker.
 *
 * @param kafka the connection to Kafka
 * @param topics names of the topics
 * @param model name of the model
 * @param classNames names of the classes; empty: those of the model, or of the labels
 * @param features form of feature records
 * @param labelFormat framing of labels
 * @param registry schema registry; present if a wire format needs it
 * @param maturity how long after its event time a record waits for labels
 * @param triggers when a model is trained
 * @param sample what it is trained with
 * @param trainer how weights are found
 * @param publishing what becomes of a trained model
 * @param stateBackend where records that wait for labels are kept
 * @param delivery what a failure may do to the output
 * @param reading how far, in which time and how parallel features and labels are read
 */
public record TrainingConfig(
    KafkaConfig kafka,
    TopicNames topics,
    String model,
    List<String> classNames,
    FeatureFormat features,
    WireFormat labelFormat,
    Optional<URI> registry,
    Duration maturity,
    TriggerConfig triggers,
    SampleConfig sample,
    TrainerConfig trainer,
    PublishingConfig publishing,
    StateBackendChoice stateBackend,
    DeliveryConfig delivery,
    ReadingConfig reading)
    implements JobConfig {

  public TrainingConfig {
    classNames = List.copyOf(classNames);
  }

  /**
   * Reads and checks every option.
   *
   * @throws ConfigurationException with every problem: missing, unknown and refused options, and
   *     options that contradict each other
   */
  public static TrainingConfig from(Configuration configuration) throws ConfigurationException {
    return from(configuration, config -> List.of());
  }

  /**
   * Reads and checks every option, and what else the job depends on.
   *
   * @param brokerCheck finds problems of the broker and its topics, under the keys of the options
   *     that name them; not asked if the options for reaching the broker have problems themselves
   * @throws ConfigurationException with every problem of the options and of the broker
   */
  public static TrainingConfig from(
      Configuration configuration, Function<TrainingConfig, List<Problem>> brokerCheck)
      throws ConfigurationException {
    return new TrainingConfigReader(configuration).read(brokerCheck);
  }
}
