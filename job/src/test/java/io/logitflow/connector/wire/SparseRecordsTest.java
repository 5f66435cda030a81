package io.logitflow.connector.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logitflow.config.FeatureFormat;
import io.logitflow.config.WireFormat;
import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.wire.FeatureArena.Form;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.SchemaVersions;
import io.logitflow.schema.SingleObjects;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SparseRecordsTest {

  private static final Schema RECORD = FeatureRecord.getClassSchema();

  private static FeatureDecoder bare(Schema schema) {
    return new FeatureDecoder(
        WriterSchemas.bare(schema),
        new FeatureFields("id", "time", "segment", "features", "indices"),
        1 << 20);
  }

  /** A record of the project's own schema. */
  private static byte[] bytes(List<Integer> indices, List<Float> features) {
    return AvroEncoding.bare(record(RECORD, indices, features));
  }

  private static GenericRecord record(Schema schema, List<?> indices, List<?> features) {
    GenericRecord record = new GenericData.Record(schema);
    record.put("id", "a");
    record.put("time", 1L);
    record.put("features", features);
    record.put("indices", indices);
    return record;
  }

  private static void decode(FeatureDecoder decoder, byte[] record, FeatureArena arena, int row)
      throws BadRecordException {
    decoder.decode(record, 0, record.length, new FeatureRow(arena, row));
  }

  private static float[] dense(FeatureArena arena, int row, int featureCount) {
    if (!arena.isSparse()) {
      return Arrays.copyOfRange(arena.values(), row * featureCount, (row + 1) * featureCount);
    }
    float[] dense = new float[featureCount];
    for (int i = arena.starts()[row]; i < arena.starts()[row + 1]; i++) {
      dense[arena.indices()[i]] = arena.values()[i];
    }
    return dense;
  }

  @Nested
  class IntoAnArena {

    private final FeatureDecoder decoder = bare(RECORD);

    @Test
    void sparseRecordsStaySparse() throws Exception {
      FeatureArena arena = new FeatureArena(3, 1 << 22, Form.SPARSE);
      decode(decoder, bytes(List.of(0, 7, (1 << 22) - 1), List.of(1f, 0f, -2f)), arena, 0);
      decode(decoder, bytes(List.of(), List.of()), arena, 1);
      decode(decoder, bytes(List.of(7), List.of(3f)), arena, 2);

      assertThat(arena.isSparse()).isTrue();
      assertThat(arena.starts()).containsExactly(0, 3, 3, 4);
      assertThat(Arrays.copyOf(arena.indices(), 4)).containsExactly(0, 7, (1 << 22) - 1, 7);
      assertThat(Arrays.copyOf(arena.values(), 4)).containsExactly(1, 0, -2, 3);
    }

    @Test
    void theFirstRecordDecidesTheFormAndOthersAreConverted() throws Exception {
      FeatureArena arena = new FeatureArena(2, 4, Form.EITHER);
      byte[] sparse = bytes(List.of(1, 3), List.of(5f, 6f));
      byte[] dense = bytes(null, List.of(0f, 1f, 0f, Float.NaN));

      decode(decoder, dense, arena, 0);
      decode(decoder, sparse, arena, 1);
      assertThat(arena.isSparse()).isFalse();
      assertThat(arena.values()).containsExactly(0, 1, 0, Float.NaN, 0, 5, 0, 6);
      assertThat(arena.firstNotFinite(0)).isEqualTo(3);
      assertThat(arena.firstNotFinite(1)).isEqualTo(-1);

      decode(decoder, sparse, arena, 0);
      decode(decoder, dense, arena, 1);
      assertThat(arena.isSparse()).isTrue();
      assertThat(arena.starts()).containsExactly(0, 2, 4);
      assertThat(Arrays.copyOf(arena.indices(), 4)).containsExactly(1, 3, 1, 3);
      assertThat(Arrays.copyOf(arena.values(), 4)).containsExactly(5, 6, 1, Float.NaN);
      assertThat(arena.firstNotFinite(0)).isEqualTo(-1);
      assertThat(arena.feature(arena.firstNotFinite(1))).isEqualTo(3);
    }

    @Test
    void aRejectedRecordLeavesTheRowsBeforeAndItsPlaceIsFilledAgain() throws Exception {
      FeatureArena arena = new FeatureArena(2, 4, Form.EITHER);
      decode(decoder, bytes(List.of(2), List.of(9f)), arena, 0);
      rejection(bytes(List.of(0, 1, 1), List.of(1f, 2f, 3f)), arena, 1);
      decode(decoder, bytes(List.of(3), List.of(8f)), arena, 1);

      assertThat(dense(arena, 0, 4)).containsExactly(0, 0, 9, 0);
      assertThat(dense(arena, 1, 4)).containsExactly(0, 0, 0, 8);
    }

    @Test
    void itIsFullWithMillionsOfValuesHoweverFewTheRows() throws Exception {
      int features = 1 << 20;
      FeatureArena arena = new FeatureArena(100, features, Form.SPARSE);
      FeatureDecoder large =
          new FeatureDecoder(
              WriterSchemas.bare(RECORD),
              new FeatureFields("id", "time", "segment", "features", "indices"),
              1 << 23);
      Float[] ones = new Float[features];
      Arrays.fill(ones, 1f);
      byte[] dense = bytes(null, Arrays.asList(ones));
      int rows = 0;
      while (!arena.isFull(rows)) {
        decode(large, dense, arena, rows++);
      }

      assertThat(rows).isEqualTo(4);
    }

    private BadRecordException rejection(byte[] record, FeatureArena arena, int row) {
      BadRecordException rejection =
          catchThrowableOfType(BadRecordException.class, () -> decode(decoder, record, arena, row));
      assertThat(rejection).as("rejection").isNotNull();
      return rejection;
    }

    private void assertRejected(
        DeadLetterReason reason, String message, List<Integer> indices, List<Float> features) {
      for (Form form : List.of(Form.DENSE, Form.SPARSE, Form.EITHER)) {
        BadRecordException rejection =
            rejection(bytes(indices, features), new FeatureArena(1, 4, form), 0);
        assertThat(rejection.reason()).isEqualTo(reason);
        assertThat(rejection).hasMessage(message);
      }
    }

    @Test
    void wrongIndicesAreNamedWithTheirPlace() {
      DeadLetterReason reason = DeadLetterReason.INVALID_INDICES;
      assertRejected(reason, "index 1 is 4, expected 0 to 3", List.of(0, 4), List.of(1f, 2f));
      assertRejected(reason, "index 0 is -1, expected 0 to 3", List.of(-1), List.of(1f));
      assertRejected(
          reason,
          "index 2 is 1 after 1, expected each only once",
          List.of(0, 1, 1),
          List.of(1f, 2f, 3f));
      assertRejected(
          reason,
          "index 1 is 0 after 2, expected ascending indices",
          List.of(2, 0),
          List.of(1f, 2f));
      assertRejected(
          reason, "2 indices for 1 features, expected as many of both", List.of(0, 1), List.of(1f));
      assertRejected(
          reason,
          "0 indices for 4 features, expected as many of both",
          List.of(),
          List.of(1f, 2f, 3f, 4f));
      assertRejected(
          reason,
          "at least 5 indices, the model has 4 features",
          List.of(0, 1, 2, 3, 4),
          List.of(1f));
      assertRejected(
          DeadLetterReason.WRONG_FEATURE_COUNT,
          "at least 5 features, the model has 4",
          List.of(0, 1, 2, 3, 3),
          List.of(1f, 2f, 3f, 4f, 5f));
      assertRejected(
          DeadLetterReason.WRONG_FEATURE_COUNT, "1 features, the model has 4", null, List.of(1f));
    }

    @Test
    void indicesBeyondAnIntAreOutOfRange() throws Exception {
      byte[] valid = bytes(List.of(1), List.of(1f));
      // The last two bytes are the index and the end of the array.
      ByteArrayOutputStream wide = new ByteArrayOutputStream();
      wide.write(valid, 0, valid.length - 2);
      for (int i = 0; i < 9; i++) {
        wide.write(0xfe);
      }
      wide.write(1);
      wide.write(0);
      BadRecordException rejection =
          rejection(wide.toByteArray(), new FeatureArena(1, 4, Form.EITHER), 0);

      assertThat(rejection.reason()).isEqualTo(DeadLetterReason.INVALID_INDICES);
    }

    @Test
    void everyTruncationIsMalformed() {
      byte[] value = bytes(List.of(0, 2, 3), List.of(1f, 2f, 3f));
      for (int length = 0; length < value.length; length++) {
        for (Form form : List.of(Form.DENSE, Form.SPARSE, Form.EITHER)) {
          assertThat(rejection(Arrays.copyOf(value, length), new FeatureArena(1, 4, form), 0))
              .as("first %d of %d bytes", length, value.length)
              .extracting(BadRecordException::reason)
              .isEqualTo(DeadLetterReason.MALFORMED);
        }
      }
    }
  }

  @Nested
  class OfAnySchema {

    private final Random random = new Random(11);

    private Schema schema() {
      String indices = "{\"type\":\"array\",\"items\":\"" + pick("int", "long") + "\"}";
      List<String> fields =
          new ArrayList<>(
              List.of(
                  "{\"name\":\"id\",\"type\":\"string\"}",
                  "{\"name\":\"time\",\"type\":\"long\"}",
                  "{\"name\":\"features\",\"type\":{\"type\":\"array\",\"items\":\""
                      + pick("float", "double")
                      + "\"}}",
                  "{\"name\":\"indices\",\"type\":["
                      + pick("\"null\"," + indices, indices + ",\"null\"")
                      + "]}"));
      Collections.shuffle(fields, random);
      return new Schema.Parser()
          .parse(
              "{\"type\":\"record\",\"name\":\"test.User\",\"fields\":["
                  + String.join(",", fields)
                  + "]}");
    }

    private String pick(String first, String second) {
      return random.nextBoolean() ? first : second;
    }

    private List<?> as(Schema array, List<? extends Number> values) {
      return values.stream()
          .map(
              value ->
                  switch (array.getElementType().getType()) {
                    case LONG -> (Number) value.longValue();
                    case DOUBLE -> (Number) value.doubleValue();
                    default -> (Number) value;
                  })
          .toList();
    }

    /** The Avro library writes, ours reads; what a row means is kept apart from how it is kept. */
    @ParameterizedTest
    @EnumSource(value = Form.class, mode = EnumSource.Mode.EXCLUDE, names = "ANY_NUMBER")
    void mixedRecordsOfTheAvroLibraryComeOutAsTheyAreMeant(Form form) throws Exception {
      for (int round = 0; round < 300; round++) {
        int featureCount = 1 + random.nextInt(40);
        Schema schema = schema();
        FeatureDecoder decoder = bare(schema);
        FeatureArena arena = new FeatureArena(6, featureCount, form);
        for (int batch = 0; batch < 3; batch++) {
          float[][] expected = new float[6][featureCount];
          for (int row = 0; row < 6; row++) {
            byte[] record = randomRecord(schema, expected[row]);
            decode(decoder, record, arena, row);
          }
          for (int row = 0; row < 6; row++) {
            assertThat(dense(arena, row, featureCount)).containsExactly(expected[row]);
          }
        }
      }
    }

    private byte[] randomRecord(Schema schema, float[] expected) {
      boolean sparse = random.nextBoolean();
      double density = random.nextDouble();
      List<Integer> indices = new ArrayList<>();
      List<Float> features = new ArrayList<>();
      for (int i = 0; i < expected.length; i++) {
        if (!sparse || random.nextDouble() < density) {
          indices.add(i);
          expected[i] = random.nextInt(4) == 0 ? 0f : (float) random.nextGaussian();
          features.add(expected[i]);
        }
      }
      Schema indexArray =
          schema.getField("indices").schema().getTypes().stream()
              .filter(type -> type.getType() == Schema.Type.ARRAY)
              .findFirst()
              .orElseThrow();
      GenericRecord record =
          record(
              schema,
              sparse ? as(indexArray, indices) : null,
              as(schema.getField("features").schema(), features));
      return random.nextBoolean() ? AvroEncoding.bare(record) : AvroEncoding.blocked(record, 64);
    }

    @Test
    void mutatedRecordsAreReadOrRejectedAndNothingElse() throws Exception {
      byte[] valid = bytes(List.of(0, 2, 3, 7), List.of(1f, 2f, 3f, 4f));
      FeatureDecoder decoder = bare(RECORD);
      List<Form> forms = List.of(Form.DENSE, Form.SPARSE, Form.EITHER);
      int rejected = 0;
      int rounds = 100_000;
      for (int round = 0; round < rounds; round++) {
        FeatureArena arena = new FeatureArena(2, 8, forms.get(round % forms.size()));
        decode(decoder, valid, arena, 0);
        byte[] mutated = Arrays.copyOf(valid, 1 + random.nextInt(valid.length + 4));
        for (int mutations = random.nextInt(4); mutations > 0; mutations--) {
          mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        }
        try {
          decode(decoder, mutated, arena, 1);
          dense(arena, 1, 8);
        } catch (BadRecordException e) {
          rejected++;
        }
        assertThat(dense(arena, 0, 8)).containsExactly(1, 0, 2, 3, 0, 0, 0, 4);
      }
      assertThat(rejected).isBetween(rounds / 10, rounds - 1);
    }
  }

  @Test
  void recordsOfTheFirstVersionOfFeatureRecordAreRead() throws Exception {
    Schema first = SchemaVersions.of(RECORD).get(0);
    GenericRecord record = new GenericData.Record(first);
    record.put("id", "old");
    record.put("time", 1L);
    record.put("features", List.of(1f, 2f));
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.writeBytes(SingleObject.header(first));
    value.writeBytes(AvroEncoding.bare(record));
    byte[] now =
        SingleObjects.encode(
            FeatureRecord.getEncoder(),
            FeatureRecord.newBuilder()
                .setId("new")
                .setTime(Instant.EPOCH)
                .setFeatures(List.of(3f))
                .setIndices(List.of(1))
                .build());
    FeatureDecoder decoder =
        new WireFormats(Optional.empty())
            .decoder(
                new FeatureFormat(
                    WireFormat.SINGLE_OBJECT,
                    List.of(),
                    "id",
                    "time",
                    "segment",
                    "features",
                    "indices",
                    1 << 20))
            .get();
    FeatureArena arena = new FeatureArena(2, 2, Form.EITHER);
    decode(decoder, value.toByteArray(), arena, 0);
    decode(decoder, now, arena, 1);

    assertThat(arena.values()).containsExactly(1, 2, 0, 3);
  }
}
