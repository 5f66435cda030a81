package io.logitflow.config;

import io.logitflow.classifier.DeviceChoice;
import io.logitflow.classifier.kernel.KernelChoice;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;

/**
 * What the scoring job needs to know; checked as far as that is possible without a broker.
 *
 * @param kafka the connection to Kafka
 * @param topics names of the topics
 * @param model name of the model
 * @param features form of feature records
 * @param predictionFormat framing of predictions
 * @param registry schema registry; present if a wire format needs it
 * @param microBatch when a micro-batch is scored
 * @param kernel kernels that score
 * @param device where networks of other programs compute
 * @param shadowPrevious whether the previous champion is scored in the shadow
 * @param delivery what a failure may do to the output
 * @param reading how far, in which time and how parallel feature records are read
 */
public record ScoringConfig(
    KafkaConfig kafka,
    TopicNames topics,
    String model,
    FeatureFormat features,
    WireFormat predictionFormat,
    Optional<URI> registry,
    MicroBatchConfig microBatch,
    KernelChoice kernel,
    DeviceChoice device,
    boolean shadowPrevious,
    DeliveryConfig delivery,
    ReadingConfig reading)
    implements JobConfig {

  /**
   * Reads and checks every option.
   *
   * @throws ConfigurationException with every problem: missing, unknown and refused options,
   *     options that contradict each other, and schema files that cannot be used
   */
  public static ScoringConfig from(Configuration configuration) throws ConfigurationException {
    return from(configuration, config -> List.of());
  }

  /**
   * Reads and checks every option, and what else the job depends on.
   *
   * @param brokerCheck finds problems of the broker and its topics, under the keys of the options
   *     that name them; not asked if the options for reaching the broker have problems themselves
   * @throws ConfigurationException with every problem of the options and of the broker
   */
  public static ScoringConfig from(
      Configuration configuration, Function<ScoringConfig, List<Problem>> brokerCheck)
      throws ConfigurationException {
    return new ScoringConfigReader(configuration).read(brokerCheck);
  }
}
