package io.logitflow.config;

import io.logitflow.classifier.DeviceChoice;
import io.logitflow.classifier.kernel.KernelChoice;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
 * @param delivery what a failure may do to the output
 * @param transactionalIdPrefix begins the transactional ids of exactly-once
 * @param transactionTimeout how long a transaction of exactly-once may stay open
 * @param checkpointInterval time between checkpoints; empty: no checkpoints
 * @param from where to begin to read
 * @param bounded whether to end at the end that topics had at the start
 * @param maxOutOfOrderness how far event times within a partition may be out of order
 * @param idleness after which time without records a partition no longer holds the watermark
 * @param deadLetterMaxBytes bytes of a rejected record's value that a dead letter keeps
 * @param parallelism parallelism of the job; empty: that of the cluster
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
    Guarantee delivery,
    String transactionalIdPrefix,
    Duration transactionTimeout,
    Optional<Duration> checkpointInterval,
    StartingPoint from,
    boolean bounded,
    Duration maxOutOfOrderness,
    Duration idleness,
    int deadLetterMaxBytes,
    OptionalInt parallelism) {

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
