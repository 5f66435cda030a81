package io.logitflow.generator.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.generator.random.SeededRandom;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Label;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Avro library reads, and writes, the same bytes. */
final class EncoderTest {
  private static final long[] TIMES = {
    0,
    1,
    -1,
    63,
    64,
    -64,
    -65,
    8191,
    8192,
    1_700_000_000_000L,
    -62_135_596_800_000L,
    253_402_300_799_999L
  };
  private static final String[] TEXTS = {
    "a",
    "flights-0-17",
    "\u00e9\u4e16\ud83d\ude80",
    "x".repeat(63),
    "x".repeat(64),
    "y".repeat(9000)
  };

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 57, 63, 64, 784, 8_192})
  void featureRecordsAreWhatTheLibraryReadsAndWrites(int featureCount) throws Exception {
    FeatureEncoder encoder =
        new FeatureEncoder(SchemaPrefix.singleObject(FeatureRecord.getClassSchema()));
    SeededRandom random = new SeededRandom(featureCount);
    for (int i = 0; i < 60; i++) {
      FeatureRecord expected = new FeatureRecord();
      expected.setId(TEXTS[random.nextInt(TEXTS.length)]);
      expected.setTime(Instant.ofEpochMilli(TIMES[random.nextInt(TIMES.length)]));
      expected.setSegment(i % 2 == 0 ? null : TEXTS[random.nextInt(TEXTS.length)]);
      float[] features = new float[featureCount];
      List<Float> boxed = new ArrayList<>();
      for (int f = 0; f < featureCount; f++) {
        features[f] = Float.intBitsToFloat((int) random.nextLong());
        features[f] = Float.isFinite(features[f]) ? features[f] : -0f;
        boxed.add(features[f]);
      }
      expected.setFeatures(boxed);
      byte[] bytes =
          encoder.encode(
              utf8(expected.getId()),
              expected.getTime().toEpochMilli(),
              expected.getSegment() == null ? null : utf8(expected.getSegment()),
              features,
              null);
      assertThat(FeatureRecord.fromByteBuffer(ByteBuffer.wrap(bytes))).isEqualTo(expected);
      assertThat(bytes).isEqualTo(bytesOf(expected.toByteBuffer()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 1_000})
  void sparseFeatureRecordsAreWhatTheLibraryReadsAndWrites(int nonZeros) throws Exception {
    float[] features = new float[nonZeros];
    int[] indices = new int[nonZeros];
    FeatureRecord expected =
        new FeatureRecord("x", Instant.ofEpochMilli(5), null, new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < nonZeros; i++) {
      features[i] = i - 0.5f;
      indices[i] = 4_001 * i;
      expected.getFeatures().add(features[i]);
      expected.getIndices().add(indices[i]);
    }
    byte[] bytes =
        new FeatureEncoder(SchemaPrefix.singleObject(FeatureRecord.getClassSchema()))
            .encode(utf8("x"), 5, null, features, indices);

    assertThat(FeatureRecord.fromByteBuffer(ByteBuffer.wrap(bytes))).isEqualTo(expected);
    assertThat(bytes).isEqualTo(bytesOf(expected.toByteBuffer()));
  }

  @Test
  void labelsByIndexAreWhatTheLibraryReadsAndWrites() throws Exception {
    LabelEncoder encoder =
        LabelEncoder.ofIndices(SchemaPrefix.singleObject(Label.getClassSchema()));
    for (String id : TEXTS) {
      for (long time : TIMES) {
        for (int label : new int[] {0, 1, 9, 63, 64, 999, 8_192, Integer.MAX_VALUE}) {
          Label expected = new Label(id, Instant.ofEpochMilli(time), label, null);
          byte[] bytes = encoder.encode(utf8(id), time, label);
          assertThat(Label.fromByteBuffer(ByteBuffer.wrap(bytes))).isEqualTo(expected);
          assertThat(bytes).isEqualTo(bytesOf(expected.toByteBuffer()));
        }
      }
    }
  }

  @Test
  void labelsByNameAreWhatTheLibraryReadsAndWrites() throws Exception {
    LabelEncoder encoder =
        LabelEncoder.ofNames(
            SchemaPrefix.singleObject(Label.getClassSchema()),
            List.of("Ankle boot", "\u00e9t\u00e9"));
    for (int label = 0; label < 2; label++) {
      String name = label == 0 ? "Ankle boot" : "\u00e9t\u00e9";
      Label expected = new Label("x", Instant.ofEpochMilli(5), name, null);
      byte[] bytes = encoder.encode(utf8("x"), 5, label);
      assertThat(bytes).isEqualTo(bytesOf(expected.toByteBuffer()));
    }
  }

  @Test
  void bareRecordIsTheBinaryEncodingAlone() throws Exception {
    FeatureRecord expected =
        new FeatureRecord("x", Instant.ofEpochMilli(5), "s", List.of(1f, -2.5f), null);
    byte[] bytes =
        new FeatureEncoder(SchemaPrefix.none())
            .encode(utf8("x"), 5, utf8("s"), new float[] {1f, -2.5f}, null);
    assertThat(bytes).isEqualTo(binary(expected));
  }

  @Test
  void confluentRecordBeginsWithZeroAndTheBigEndianSchemaId() throws Exception {
    Label expected = new Label("x", Instant.ofEpochMilli(5), 3, null);
    byte[] bytes =
        LabelEncoder.ofIndices(SchemaPrefix.confluent(0x01020304)).encode(utf8("x"), 5, 3);
    assertThat(bytes).startsWith(0, 1, 2, 3, 4);
    assertThat(Arrays.copyOfRange(bytes, 5, bytes.length)).isEqualTo(binary(expected));
  }

  private static byte[] binary(SpecificRecord message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new SpecificDatumWriter<SpecificRecord>(message.getSchema()).write(message, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
