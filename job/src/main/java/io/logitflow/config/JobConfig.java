package io.logitflow.config;

import java.net.URI;
import java.util.Optional;

/** What every job needs to know. */
public interface JobConfig {

  /** The connection to Kafka. */
  KafkaConfig kafka();

  /** Names of the topics. */
  TopicNames topics();

  /** Name of the model. */
  String model();

  /** Schema registry; present if a wire format needs it. */
  Optional<URI> registry();

  /** What a failure may do to the output. */
  DeliveryConfig delivery();

  /** How far, in which time and how parallel topics are read. */
  ReadingConfig reading();
}
