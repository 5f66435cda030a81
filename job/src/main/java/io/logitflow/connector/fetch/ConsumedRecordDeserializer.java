package io.logitflow.connector.fetch;

import io.logitflow.connector.ConsumedRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Hands on the bytes and the place of a record; decoding is the business of the operators. */
final class ConsumedRecordDeserializer implements KafkaRecordDeserializationSchema<ConsumedRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ConsumedRecord> out) {
    out.collect(ConsumedRecord.of(record));
  }

  @Override
  public TypeInformation<ConsumedRecord> getProducedType() {
    return TypeInformation.of(ConsumedRecord.class);
  }
}
