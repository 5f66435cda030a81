package io.logitflow.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Kafka client properties that users pass through, checked by Kafka's own definitions.
 *
 * <p>Properties that Kafka does not define are passed on (interceptors and Flink's connector have
 * their own), unless they look like a slip of one that it does define.
 *
 * @param prefix prefix of the options, with the dot
 * @param definition Kafka's definition of the properties
 * @param reserved properties that the job sets, each with what to use instead
 */
record ClientProperties(String prefix, ConfigDef definition, Map<String, String> reserved) {

  private static final String SET_BY_JOB = "set by the job";

  /** Properties of consumers. */
  static ClientProperties consumer() {
    return new ClientProperties(
        KafkaOptions.CONSUMER_PREFIX,
        ConsumerConfig.configDef(),
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "use bootstrap-servers",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "use from",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "offsets are committed at checkpoints",
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, SET_BY_JOB,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, SET_BY_JOB));
  }

  /** Properties of producers. */
  static ClientProperties producer() {
    return new ClientProperties(
        KafkaOptions.PRODUCER_PREFIX,
        ProducerConfig.configDef(),
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "use bootstrap-servers",
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, "use transactional-id-prefix",
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "use transaction-timeout",
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, SET_BY_JOB,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, SET_BY_JOB));
  }

  /** The properties that options set, above the defaults. */
  Map<String, String> read(
      Configuration configuration, Map<String, String> defaults, Problems problems) {
    Map<String, String> given = new TreeMap<>();
    for (String key : new TreeSet<>(configuration.keySet())) {
      if (key.startsWith(prefix)) {
        given.put(key.substring(prefix.length()), configuration.getString(key, ""));
      }
    }
    given.forEach((property, value) -> checkName(property, value, problems));
    checkValues(given, problems);
    Map<String, String> merged = new HashMap<>(defaults);
    merged.putAll(given);
    return merged;
  }

  private void checkName(String property, String value, Problems problems) {
    Set<String> known = definition.names();
    if (reserved.containsKey(property)) {
      problems.refused(prefix + property, value, "cannot be set; " + reserved.get(property));
    } else if (!known.contains(property)) {
      NearestKey.within(2, property, known)
          .ifPresent(
              nearest ->
                  problems.unknown(
                      prefix + property,
                      "Kafka has no such property; did you mean " + prefix + nearest + "?"));
    }
  }

  private void checkValues(Map<String, String> given, Problems problems) {
    for (ConfigValue value : definition.validate(given)) {
      String property = value.name();
      if (given.containsKey(property) && !reserved.containsKey(property)) {
        // Kafka's later messages follow from the first one.
        value.errorMessages().stream()
            .findFirst()
            .ifPresent(
                message -> problems.refused(prefix + property, given.get(property), message));
      }
    }
  }
}
