package io.logitflow.connector;

import io.logitflow.config.DeliveryConfig;
import io.logitflow.config.Guarantee;
import io.logitflow.config.KafkaConfig;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Sinks of a job's topics.
 *
 * @param kafka how to reach the broker
 * @param guarantee at least once, or exactly once by transactions
 * @param transactionalIdPrefix begins every transactional id; of no other job on the broker
 * @param transactionTimeout time after which the broker aborts a transaction
 */
public record KafkaSinks(
    KafkaConfig kafka,
    Guarantee guarantee,
    String transactionalIdPrefix,
    Duration transactionTimeout) {

  /** Sinks as the options say. */
  public static KafkaSinks of(KafkaConfig kafka, DeliveryConfig delivery) {
    return new KafkaSinks(
        kafka,
        delivery.guarantee(),
        delivery.transactionalIdPrefix(),
        delivery.transactionTimeout());
  }

  /** A sink of a topic. */
  public KafkaSink<ProducedRecord> records(String topic) {
    Properties properties = new Properties();
    properties.putAll(kafka.producer());
    var builder =
        KafkaSink.<ProducedRecord>builder()
            .setBootstrapServers(kafka.bootstrapServers())
            .setRecordSerializer(new ProducedRecordSerializer(topic));
    if (guarantee == Guarantee.EXACTLY_ONCE) {
      properties.setProperty(
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(transactionTimeout.toMillis()));
      builder
          .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
          .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
          .setTransactionalIdPrefix(transactionalIdPrefix + "-" + topic);
    } else {
      builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE);
    }
    return builder.setKafkaProducerConfig(properties).build();
  }
}
