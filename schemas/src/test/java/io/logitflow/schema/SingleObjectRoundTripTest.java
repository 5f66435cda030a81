package io.logitflow.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every record goes through its generated class and back. The other side is Avro's generic data, so
 * that a field that the class mixes up does not come back the same.
 */
class SingleObjectRoundTripTest {

  private static final int RECORDS = 50;

  private static final long SEED = 20260131;

  static List<Schema> records() {
    return TopicRecords.schemas();
  }

  @ParameterizedTest
  @MethodSource("records")
  void whatTheClassReadsItWritesAgain(Schema schema) throws Exception {
    Class<?> type = Class.forName(schema.getFullName());
    SpecificData specific = SpecificData.getForClass(type);
    Schema own = specific.getSchema(type);
    var classEncoder = new BinaryMessageEncoder<Object>(specific, own);
    var classDecoder = new BinaryMessageDecoder<Object>(specific, own);
    var encoder = new BinaryMessageEncoder<Object>(GenericData.get(), schema);
    var decoder = new BinaryMessageDecoder<Object>(GenericData.get(), schema);

    for (Object expected : new RandomData(schema, RECORDS, SEED)) {
      Object record = SingleObjects.decode(classDecoder, SingleObjects.encode(encoder, expected));
      byte[] bytes = SingleObjects.encode(classEncoder, record);

      assertThat(record).isInstanceOf(type);
      assertThat(fingerprint(bytes)).isEqualTo(SchemaNormalization.parsingFingerprint64(schema));
      assertThat(decoder.decode(bytes)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void aTruncatedRecordIsRefused(Schema schema) {
    var encoder = new BinaryMessageEncoder<Object>(GenericData.get(), schema);
    var decoder = new BinaryMessageDecoder<Object>(GenericData.get(), schema);
    byte[] bytes = SingleObjects.encode(encoder, new RandomData(schema, 1, SEED).iterator().next());

    for (int length = 0; length < Math.min(bytes.length, 200); length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatExceptionOfType(IOException.class)
          .as("%d bytes of %d", length, bytes.length)
          .isThrownBy(() -> SingleObjects.decode(decoder, truncated));
    }
  }

  /** The fingerprint behind {@code C3 01}, as the Avro specification lays it out. */
  private static long fingerprint(byte[] bytes) {
    assertThat(bytes).startsWith(0xC3, 0x01);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
  }
}
