package io.logitflow.connector.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.RecordRun;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.SingleObjects;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureDecoderTest {

  private static final FeatureFields FIELDS =
      new FeatureFields("id", "time", "segment", "features", "indices");
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123Z");

  private static FeatureDecoder decoder(WriterSchemas schemas) {
    return new FeatureDecoder(schemas, FIELDS, 1 << 20);
  }

  private static FeatureDecoder bare(Schema schema) {
    return decoder(WriterSchemas.bare(schema));
  }

  private static FeatureRow row(int features) {
    return new FeatureRow(new FeatureArena(1, features, FeatureArena.Form.DENSE), 0);
  }

  private static byte[] singleObject(String id, String segment, float... features) {
    List<Float> list = new ArrayList<>();
    for (float feature : features) {
      list.add(feature);
    }
    return SingleObjects.encode(
        FeatureRecord.getEncoder(),
        FeatureRecord.newBuilder()
            .setId(id)
            .setTime(TIME)
            .setSegment(segment)
            .setFeatures(list)
            .build());
  }

  /** Decodes a record as it comes: in the middle of an array that has others as well. */
  private static void decode(FeatureDecoder decoder, byte[] value, FeatureRow row)
      throws BadRecordException {
    if (value == null) {
      decoder.decode(null, 0, RecordRun.NULL, row);
      return;
    }
    byte[] neighbours = new byte[7 + value.length + 64];
    Arrays.fill(neighbours, (byte) 2);
    System.arraycopy(value, 0, neighbours, 7, value.length);
    decoder.decode(neighbours, 7, value.length, row);
  }

  private static BadRecordException rejection(FeatureDecoder decoder, byte[] value, int features) {
    BadRecordException rejection =
        catchThrowableOfType(BadRecordException.class, () -> decode(decoder, value, row(features)));
    assertThat(rejection).as("rejection").isNotNull();
    return rejection;
  }

  private static Schema schema(String fields) {
    return new Schema.Parser()
        .parse("{\"type\":\"record\",\"name\":\"test.User\",\"fields\":[" + fields + "]}");
  }

  @Nested
  class SingleObjectEncoding {

    private final FeatureDecoder decoder =
        decoder(WriterSchemas.singleObject(List.of(FeatureRecord.getClassSchema())));

    @Test
    void recordsOfTheAvroLibraryAreRead() throws Exception {
      FeatureRow row = row(3);
      decode(decoder, singleObject("räksmörgås-1", "north", 1f, -2.5f, Float.MIN_VALUE), row);
      assertThat(row.id()).isEqualTo("räksmörgås-1");
      assertThat(row.time()).isEqualTo(TIME.toEpochMilli());
      assertThat(row.segment()).isEqualTo("north");
      assertThat(row.arena().values()).containsExactly(1f, -2.5f, Float.MIN_VALUE);
    }

    @Test
    void aRowIsReusedWithoutTracesOfTheRecordBefore() throws Exception {
      FeatureRow row = row(1);
      decode(decoder, singleObject("long-identifier", "north", 1f), row);
      decode(decoder, singleObject("b", null, 2f), row);
      assertThat(row.id()).isEqualTo("b");
      assertThat(row.segment()).isNull();
      assertThat(row.arena().values()).containsExactly(2f);
    }

    @Test
    void whatIsNoSingleObjectIsNotAvro() {
      assertThat(rejection(decoder, "hello world, this is text".getBytes(UTF_8), 3).reason())
          .isEqualTo(DeadLetterReason.NOT_AVRO);
      assertThat(rejection(decoder, new byte[0], 3).reason()).isEqualTo(DeadLetterReason.NOT_AVRO);
    }

    @Test
    void anUnknownFingerprintIsNamed() throws Exception {
      byte[] value = singleObject("a", null, 1f);
      Arrays.fill(value, 2, 10, (byte) 0x11);
      BadRecordException rejection = rejection(decoder, value, 1);
      assertThat(rejection.reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
      assertThat(rejection).hasMessageContaining("1111111111111111");
    }

    @Test
    void idsAndSegmentsThatNoPredictionCouldHoldAreTooLarge() throws Exception {
      String longest = "x".repeat(16_384);
      FeatureRow row = row(1);
      decode(decoder, singleObject(longest, longest, 1f), row);
      assertThat(row.id()).isEqualTo(longest);
      assertThat(row.segment()).isEqualTo(longest);

      BadRecordException id = rejection(decoder, singleObject(longest + "x", null, 1f), 1);
      assertThat(id.reason()).isEqualTo(DeadLetterReason.TOO_LARGE);
      assertThat(id).hasMessage("the id has 16385 bytes, expected at most 16384");
      BadRecordException segment = rejection(decoder, singleObject("a", longest + "x", 1f), 1);
      assertThat(segment.reason()).isEqualTo(DeadLetterReason.TOO_LARGE);
      assertThat(segment).hasMessage("the segment has 16385 bytes, expected at most 16384");
    }

    @Test
    void badValuesHaveTheirReasons() throws Exception {
      assertThat(rejection(decoder, null, 1).reason()).isEqualTo(DeadLetterReason.TOMBSTONE);
      assertThat(rejection(decoder, singleObject("", null, 1f), 1).reason())
          .isEqualTo(DeadLetterReason.MISSING_ID);
      BadRecordException count = rejection(decoder, singleObject("a", null, 1f, 2f), 3);
      assertThat(count.reason()).isEqualTo(DeadLetterReason.WRONG_FEATURE_COUNT);
      assertThat(count).hasMessage("2 features, the model has 3");
      assertThat(rejection(decoder, singleObject("a", null, 1f, 2f), 1).reason())
          .isEqualTo(DeadLetterReason.WRONG_FEATURE_COUNT);
      assertThat(rejection(decoder, new byte[(1 << 20) + 1], 1).reason())
          .isEqualTo(DeadLetterReason.TOO_LARGE);
    }

    @Test
    void everyTruncationIsMalformedAndNothingIsReadBeyondTheEnd() throws Exception {
      byte[] value = singleObject("record-1", "north", 1f, 2f, 3f);
      for (int length = 10; length < value.length; length++) {
        assertThat(rejection(decoder, Arrays.copyOf(value, length), 3).reason())
            .as("first %d of %d bytes", length, value.length)
            .isEqualTo(DeadLetterReason.MALFORMED);
      }
      assertThat(rejection(decoder, Arrays.copyOf(value, value.length + 1), 3).reason())
          .isEqualTo(DeadLetterReason.MALFORMED);
    }

    @Test
    void anArrayThatClaimsBillionsOfItemsIsRefusedBeforeAnythingIsAllocated() throws Exception {
      byte[] valid = singleObject("a", null);
      byte[] hostile = Arrays.copyOf(valid, valid.length + 4);
      // The last bytes of the valid record are the block count 0 and no indices.
      for (int i = 0; i < 4; i++) {
        hostile[valid.length - 2 + i] = (byte) 0xff;
      }
      hostile[valid.length + 2] = 0x7f;
      assertThat(rejection(decoder, hostile, 3).reason()).isEqualTo(DeadLetterReason.MALFORMED);
    }
  }

  @Nested
  class WriterSchemasOfUsers {

    private static final String EXTRA =
        "{\"name\":\"tree\",\"type\":[\"null\",{\"type\":\"record\",\"name\":\"Node\",\"fields\":["
            + "{\"name\":\"value\",\"type\":\"double\"},"
            + "{\"name\":\"children\",\"type\":{\"type\":\"array\",\"items\":\"Node\"}}]}]}";

    private GenericRecord node(Schema schema, int depth) {
      Schema node = schema.getField("tree").schema().getTypes().get(1);
      return new GenericRecordBuilder(node)
          .set("value", 1.5)
          .set("children", depth == 0 ? List.of() : List.of(node(schema, depth - 1)))
          .build();
    }

    @Test
    void extraReorderedNullableAndRecursiveFieldsAreReadOrSkipped() throws Exception {
      Schema schema =
          schema(
              "{\"name\":\"features\",\"type\":[\"null\",{\"type\":\"array\",\"items\":\"float\"}]},"
                  + EXTRA
                  + ",{\"name\":\"tags\",\"type\":{\"type\":\"map\",\"values\":\"bytes\"}},"
                  + "{\"name\":\"kind\",\"type\":{\"type\":\"enum\",\"name\":\"K\",\"symbols\":[\"A\",\"B\"]}},"
                  + "{\"name\":\"raw\",\"type\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}},"
                  + "{\"name\":\"nothing\",\"type\":{\"type\":\"array\",\"items\":\"null\"}},"
                  + "{\"name\":\"flag\",\"type\":\"boolean\"},"
                  + "{\"name\":\"time\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}},"
                  + "{\"name\":\"id\",\"type\":[\"null\",\"long\",\"string\"]}");
      GenericRecordBuilder builder =
          new GenericRecordBuilder(schema)
              .set("features", List.of(1f, 2f))
              .set("tree", node(schema, 5))
              .set(
                  "tags",
                  Map.of("a", ByteBuffer.wrap(new byte[] {1, 2}), "b", ByteBuffer.allocate(0)))
              .set("kind", new GenericData.EnumSymbol(schema.getField("kind").schema(), "B"))
              .set(
                  "raw",
                  new GenericData.Fixed(schema.getField("raw").schema(), new byte[] {7, 8, 9}))
              .set("nothing", Arrays.asList(null, null, null))
              .set("flag", true)
              .set("time", -1_500L)
              .set("id", -42L);
      FeatureRow row = row(2);
      decode(bare(schema), AvroEncoding.bare(builder.build()), row);
      assertThat(row.id()).isEqualTo("-42");
      assertThat(row.time()).isEqualTo(-2);
      assertThat(row.segment()).isNull();
      assertThat(row.arena().values()).containsExactly(1f, 2f);

      GenericRecord nulls = builder.set("id", null).build();
      assertThat(rejection(bare(schema), AvroEncoding.bare(nulls), 2).reason())
          .isEqualTo(DeadLetterReason.MISSING_ID);
    }

    @Test
    void nullTimeAndFeaturesAreMissing() {
      Schema schema =
          schema(
              "{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"time\",\"type\":[\"null\",\"long\"]},"
                  + "{\"name\":\"features\",\"type\":[\"null\",{\"type\":\"array\",\"items\":\"float\"}]}");
      GenericRecordBuilder record = new GenericRecordBuilder(schema).set("id", "a");
      byte[] noTime =
          AvroEncoding.bare(record.set("time", null).set("features", List.of(1f)).build());
      byte[] noFeatures = AvroEncoding.bare(record.set("time", 5L).set("features", null).build());
      assertThat(rejection(bare(schema), noTime, 1).reason())
          .isEqualTo(DeadLetterReason.MISSING_TIME);
      assertThat(rejection(bare(schema), noFeatures, 1).reason())
          .isEqualTo(DeadLetterReason.MISSING_FEATURES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"double", "int", "long"})
    void otherElementTypesAreConverted(String type) throws Exception {
      Schema schema =
          schema(
              "{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"time\",\"type\":\"long\"},"
                  + "{\"name\":\"features\",\"type\":{\"type\":\"array\",\"items\":\""
                  + type
                  + "\"}}");
      List<Object> values =
          switch (type) {
            case "double" -> List.of(1.0, -2.0, 300.0);
            case "int" -> List.of(1, -2, 300);
            default -> List.of(1L, -2L, 300L);
          };
      GenericRecord record =
          new GenericRecordBuilder(schema)
              .set("id", "a")
              .set("time", 1L)
              .set("features", values)
              .build();
      FeatureRow row = row(3);
      decode(bare(schema), AvroEncoding.bare(record), row);
      assertThat(row.arena().values()).containsExactly(1f, -2f, 300f);
    }

    @Test
    void aSchemaWithoutTheNeededFieldsIsNamed() {
      Schema lacking =
          schema("{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"time\",\"type\":\"long\"}");
      BadRecordException missing = rejection(bare(lacking), new byte[] {2, 97, 2}, 1);
      assertThat(missing.reason()).isEqualTo(DeadLetterReason.MISSING_FEATURES);
      assertThat(missing).hasMessageContaining("test.User").hasMessageContaining("'features'");

      Schema wrong =
          schema(
              "{\"name\":\"id\",\"type\":\"bytes\"},{\"name\":\"time\",\"type\":\"long\"},"
                  + "{\"name\":\"features\",\"type\":{\"type\":\"array\",\"items\":\"float\"}}");
      BadRecordException unusable = rejection(bare(wrong), new byte[] {2, 97, 2, 0}, 1);
      assertThat(unusable.reason()).isEqualTo(DeadLetterReason.UNUSABLE_SCHEMA);
      assertThat(unusable).hasMessageContaining("'id'");
    }

    @Test
    void arraysInManyBlocksAreReadWhole() throws Exception {
      Schema schema = FeatureRecord.getClassSchema();
      float[] values = new float[1_000];
      List<Float> list = new ArrayList<>();
      Random random = new Random(7);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
        list.add(values[i]);
      }
      GenericRecord record = new GenericData.Record(schema);
      record.put("id", "blocks");
      record.put("time", 9L);
      record.put("features", list);
      byte[] encoded = AvroEncoding.blocked(record, 64);
      assertThat(encoded.length).as("more than one block").isGreaterThan(4_020);
      FeatureRow row = row(values.length);
      decode(bare(schema), encoded, row);
      assertThat(row.arena().values()).containsExactly(values);
    }

    @Test
    void hostileNestingDoesNotExhaustTheStack() {
      Schema schema =
          schema(
              "{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"time\",\"type\":\"long\"},"
                  + "{\"name\":\"list\",\"type\":{\"type\":\"record\",\"name\":\"L\",\"fields\":["
                  + "{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}},"
                  + "{\"name\":\"features\",\"type\":{\"type\":\"array\",\"items\":\"float\"}}");
      byte[] hostile = new byte[1 << 19];
      Arrays.fill(hostile, (byte) 2);
      hostile[1] = 'a';
      BadRecordException rejection = rejection(bare(schema), hostile, 1);
      assertThat(rejection.reason()).isEqualTo(DeadLetterReason.MALFORMED);
      assertThat(rejection).hasMessageContaining("nested deeper");
    }

    @Test
    void itemsWithoutBytesCostNothingHoweverManyAreClaimed() throws Exception {
      Schema schema =
          schema(
              "{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"time\",\"type\":\"long\"},"
                  + "{\"name\":\"void\",\"type\":{\"type\":\"array\",\"items\":\"null\"}},"
                  + "{\"name\":\"features\",\"type\":{\"type\":\"array\",\"items\":\"float\"}}");
      // id "a", time 1, a block of 2^61 nulls, the end, no features.
      byte[] hostile = {
        2,
        'a',
        2,
        (byte) 0x80,
        (byte) 0x80,
        (byte) 0x80,
        (byte) 0x80,
        (byte) 0x80,
        (byte) 0x80,
        (byte) 0x80,
        (byte) 0x80,
        0x40,
        0,
        0
      };
      decode(bare(schema), hostile, row(0));
    }
  }

  @Nested
  class Fuzzing {

    /** The seed is fixed so that a failure can be repeated; the count keeps the test short. */
    private static final int ROUNDS = 200_000;

    @Test
    void mutatedRecordsAreReadOrRejectedAndNothingElse() throws Exception {
      FeatureDecoder decoder =
          decoder(WriterSchemas.singleObject(List.of(FeatureRecord.getClassSchema())));
      byte[] valid = singleObject("record-1", "north", 1f, 2f, 3f, 4f);
      Random random = new Random(1);
      FeatureArena arena = new FeatureArena(3, 4, FeatureArena.Form.DENSE);
      byte[] neighbour = singleObject("neighbour", null, 42f, 42f, 42f, 42f);
      decode(decoder, neighbour, new FeatureRow(arena, 0));
      decode(decoder, neighbour, new FeatureRow(arena, 2));
      FeatureRow row = new FeatureRow(arena, 1);
      int rejected = 0;
      for (int round = 0; round < ROUNDS; round++) {
        byte[] mutated = Arrays.copyOf(valid, 1 + random.nextInt(valid.length + 8));
        int mutations = random.nextInt(6);
        for (int i = 0; i < mutations; i++) {
          // Mostly behind the header, where there is something to get wrong.
          int at = Math.min(mutated.length - 1, 9 + random.nextInt(valid.length));
          mutated[at] = (byte) random.nextInt();
        }
        try {
          decode(decoder, mutated, row);
          assertThat(row.id()).isNotEmpty();
        } catch (BadRecordException e) {
          rejected++;
        }
      }
      assertThat(rejected).isBetween(ROUNDS / 10, ROUNDS - 1);
      assertThat(Arrays.copyOfRange(arena.values(), 0, 4)).as("rows before").containsOnly(42f);
      assertThat(Arrays.copyOfRange(arena.values(), 8, 12)).as("rows after").containsOnly(42f);
    }

    @Test
    void randomBytesAreReadOrRejectedForRandomSchemas() {
      Random random = new Random(2);
      String[] types = {
        "\"null\"",
        "\"boolean\"",
        "\"int\"",
        "\"long\"",
        "\"float\"",
        "\"double\"",
        "\"bytes\"",
        "\"string\"",
        "{\"type\":\"array\",\"items\":[\"null\",\"string\"]}",
        "{\"type\":\"map\",\"values\":{\"type\":\"array\",\"items\":\"double\"}}"
      };
      int decoded = 0;
      for (int schemaRound = 0; schemaRound < 200; schemaRound++) {
        StringBuilder fields = new StringBuilder();
        int extra = random.nextInt(4);
        for (int i = 0; i < extra; i++) {
          fields
              .append("{\"name\":\"x")
              .append(i)
              .append("\",\"type\":")
              .append(types[random.nextInt(types.length)])
              .append("},");
        }
        fields.append(
            "{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"time\",\"type\":\"long\"},"
                + "{\"name\":\"features\",\"type\":{\"type\":\"array\",\"items\":\"float\"}}");
        FeatureDecoder decoder = bare(schema(fields.toString()));
        for (int round = 0; round < 500; round++) {
          byte[] bytes = new byte[random.nextInt(40)];
          random.nextBytes(bytes);
          IntStream.range(0, bytes.length)
              .filter(i -> random.nextInt(3) > 0)
              .forEach(i -> bytes[i] = (byte) (2 * random.nextInt(3)));
          try {
            decode(decoder, bytes, row(random.nextInt(3)));
            decoded++;
          } catch (BadRecordException e) {
            assertThat(e.reason()).isNotEqualTo(DeadLetterReason.UNKNOWN);
          }
        }
      }
      assertThat(decoded).as("some random bytes are records").isPositive();
    }
  }
}
