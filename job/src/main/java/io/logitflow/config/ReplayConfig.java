package io.logitflow.config;

import io.logitflow.classifier.DeviceChoice;
import io.logitflow.classifier.kernel.KernelChoice;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;

/**
 * What a replay needs to know; checked as far as that is possible without a broker.
 *
 * @param kafka the connection to Kafka
 * @param topics names of the topics
 * @param model name of the model
 * @param mode what is asked
 * @param models versions or aliases of {@link ReplayMode#WITH_MODELS}
 * @param timeline what {@link ReplayMode#BY_TIMELINE} rests on
 * @param from where to begin
 * @param to where to end
 * @param runId names the run
 * @param maxDifferences how many differences the report names
 * @param features form of feature records
 * @param predictionFormat framing of predictions
 * @param labelFormat framing of labels
 * @param registry schema registry; present if a wire format needs it
 * @param microBatch micro-batches in which features are scored
 * @param kernel which kernels score
 * @param device where networks of other programs compute
 * @param window length of the windows of event time
 * @param retention how long after its event time a prediction can be labelled
 * @param stateBackend where records wait for what belongs to them
 * @param delivery what a failure may do to the output
 * @param reading how parallel topics are read
 */
public record ReplayConfig(
    KafkaConfig kafka,
    TopicNames topics,
    String model,
    ReplayMode mode,
    List<String> models,
    TimelineSource timeline,
    StartingPoint from,
    EndPoint to,
    String runId,
    int maxDifferences,
    FeatureFormat features,
    WireFormat predictionFormat,
    WireFormat labelFormat,
    Optional<URI> registry,
    MicroBatchConfig microBatch,
    KernelChoice kernel,
    DeviceChoice device,
    Duration window,
    Duration retention,
    StateBackendChoice stateBackend,
    DeliveryConfig delivery,
    ReadingConfig reading)
    implements JobConfig {

  /** Whether features are scored by those who were champions by the decisions. */
  public boolean isByDecisions() {
    return mode == ReplayMode.BY_TIMELINE && timeline == TimelineSource.DECISIONS;
  }

  /**
   * Reads and checks every option.
   *
   * @throws ConfigurationException with every problem: missing, unknown and refused options, and
   *     options that contradict each other
   */
  public static ReplayConfig from(Configuration configuration) throws ConfigurationException {
    return from(configuration, config -> List.of());
  }

  /**
   * Reads and checks every option, and what else the job depends on.
   *
   * @param brokerCheck finds problems of the broker and its topics, under the keys of the options
   *     that name them; not asked if the options for reaching the broker have problems themselves
   * @throws ConfigurationException with every problem of the options and of the broker
   */
  public static ReplayConfig from(
      Configuration configuration, Function<ReplayConfig, List<Problem>> brokerCheck)
      throws ConfigurationException {
    return new ReplayConfigReader(configuration).read(brokerCheck);
  }
}
