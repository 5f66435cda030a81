package io.logitflow.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
  void whatTheClassReadsItWritesAgain(Schema schema) throws IOException {
    Class<?> type = SpecificData.get().getClass(schema);
    SpecificData specific = SpecificData.getForClass(type);
    Schema own = specific.getSchema(type);
    var classEncoder = new BinaryMessageEncoder<Object>(specific, own);
    var classDecoder = new BinaryMessageDecoder<Object>(specific, own);
    var encoder = new BinaryMessageEncoder<Object>(GenericData.get(), schema);
    var decoder = new BinaryMessageDecoder<Object>(GenericData.get(), schema);

    for (Object expected : new RandomData(schema, RECORDS, SEED)) {
      Object record = classDecoder.decode(encoder.encode(expected));
      ByteBuffer bytes = classEncoder.encode(record);

      assertThat(record).isInstanceOf(type);
      assertThat(header(bytes)).isEqualTo(SchemaNormalization.parsingFingerprint64(schema));
      assertThat(GenericData.get().compare(decoder.decode(bytes), expected, schema)).isZero();
    }
  }

  /** The fingerprint behind {@code C3 01}, as the Avro specification lays it out. */
  private static long header(ByteBuffer bytes) {
    ByteBuffer header = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    assertThat(header.get()).isEqualTo((byte) 0xC3);
    assertThat(header.get()).isEqualTo((byte) 0x01);
    return header.getLong();
  }
}
