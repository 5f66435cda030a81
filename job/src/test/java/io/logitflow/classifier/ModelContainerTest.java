package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.schema.ModelVersion;
import io.logitflow.schema.SchemaVersions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelContainerTest {

  private static Model full() throws InvalidModelException {
    return TestingModels.builder()
        .classNames(List.of("no", "yes"))
        .featureNames(List.of("a", "b", "c"))
        .normaliser(TestingModels.normaliser())
        .calibration(new Calibration(4, 1.25, new double[] {0.5, -0.125}))
        .sampleRows(List.of(new float[] {1, 2, 3}))
        .provenance(
            new Provenance(
                "training", OptionalLong.of(6), "0.1", "features, labels", Map.of("seed", "1")))
        .build();
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> ModelContainer.decode(bytes))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(message);
  }

  @Test
  void everythingComesBackEqual() throws InvalidModelException {
    assertThat(ModelContainer.decode(ModelContainer.encode(full()))).isEqualTo(full());
  }

  @Test
  void leastModelComesBackEqual() throws InvalidModelException {
    Model model =
        TestingModels.builder()
            .layers(List.of(LinearLayer.withoutBias(TestingModels.weight())))
            .goldenRows(List.of())
            .build();
    assertThat(ModelContainer.decode(ModelContainer.encode(model))).isEqualTo(model);
  }

  @Test
  void fileComesBackEqual(@TempDir Path folder) throws IOException, InvalidModelException {
    Path file = folder.resolve("model.avro");
    ModelContainer.write(full(), file);
    assertThat(ModelContainer.read(file)).isEqualTo(full());
  }

  @Test
  void damagedFileIsNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.avro");
    Files.write(file, new byte[20]);
    assertThatThrownBy(() -> ModelContainer.read(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith(file + ": model container starts with 00 00, expected c3 01");
  }

  @Test
  void avroReadsTheContainer() throws InvalidModelException, IOException {
    GenericRecord record =
        new BinaryMessageDecoder<GenericRecord>(GenericData.get(), ModelVersion.getClassSchema())
            .decode(ModelContainer.encode(full()));
    assertThat(record.get("model")).isEqualTo("small");
    assertThat(record.get("version")).isEqualTo(7L);
    assertThat(record.get("featureCount")).isEqualTo(3);
    assertThat(record.get("classNames")).hasToString("[no, yes]");
  }

  static List<Schema> earlierSchemas() {
    List<Schema> versions = SchemaVersions.of(ModelVersion.getClassSchema());
    return versions.subList(0, versions.size() - 1);
  }

  /** They knew no biases. */
  @ParameterizedTest
  @MethodSource("earlierSchemas")
  void recordsOfEarlierSchemasAreRead(Schema earlier) throws InvalidModelException, IOException {
    Model model = full().toBuilder().calibration(new Calibration(4, 1.25)).build();
    BinaryMessageDecoder<GenericRecord> older =
        new BinaryMessageDecoder<>(GenericData.get(), earlier);
    older.addSchema(ModelVersion.getClassSchema());
    GenericRecord record = older.decode(ModelContainer.encode(model));
    ByteBuffer written =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), earlier).encode(record);
    byte[] bytes = new byte[written.remaining()];
    written.get(bytes);

    assertThat(bytes).isNotEqualTo(ModelContainer.encode(model));
    assertThat(ModelContainer.decode(bytes)).isEqualTo(model);
    assertRefused(Arrays.copyOf(bytes, bytes.length - 1), "not a whole Avro record");
  }

  @Test
  void everyTruncationIsRefused() throws InvalidModelException {
    byte[] bytes = ModelContainer.encode(full());
    for (int length = 0; length < bytes.length; length++) {
      assertRefused(Arrays.copyOf(bytes, length), "model container");
    }
  }

  @Test
  void bytesAfterTheRecordAreRefused() throws InvalidModelException {
    byte[] bytes = ModelContainer.encode(full());
    assertRefused(Arrays.copyOf(bytes, bytes.length + 1), "left over");
  }

  @Test
  void anotherSchemaIsRefusedByItsFingerprint() throws InvalidModelException {
    byte[] bytes = ModelContainer.encode(full());
    bytes[2]++;
    assertRefused(bytes, "schema fingerprint");
  }

  @Test
  void changedWeightIsRefusedByTheChecksum() throws InvalidModelException {
    Model model = full();
    byte[] bytes = ModelContainer.encode(model);
    bytes[indexOf(bytes, TestingModels.weight())] ^= 1;
    assertRefused(bytes, "weightsChecksum is");
  }

  @Test
  void weightThatIsNotFiniteIsRefused() throws InvalidModelException {
    Model model = full();
    byte[] bytes = ModelContainer.encode(model);
    int index = indexOf(bytes, TestingModels.weight());
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(index, Float.NaN);
    assertRefused(bytes, "layers[0].weight holds NaN at element 0 of 6");
  }

  private static int indexOf(byte[] bytes, Tensor tensor) {
    byte[] values = new byte[tensor.bytes().remaining()];
    tensor.bytes().get(values);
    for (int i = 0; ; i++) {
      if (Arrays.equals(bytes, i, i + values.length, values, 0, values.length)) {
        return i;
      }
    }
  }

  /** Any bytes: refused, or a model that passes all checks; never another exception. */
  @Test
  void mutatedBytesAreRefusedOrHarmless() throws InvalidModelException {
    byte[] original = ModelContainer.encode(full());
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = original.clone();
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        bytes[random.nextInt(10, bytes.length)] = (byte) random.nextInt(256);
      }
      decodeOrRefuse(bytes);
    }
  }

  private static void decodeOrRefuse(byte[] bytes) {
    try {
      assertThat(ModelContainer.decode(bytes).classCount()).isEqualTo(2);
    } catch (InvalidModelException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @Test
  void lengthBeyondTheBytesIsRefusedWithoutAllocatingIt() throws InvalidModelException {
    byte[] start = Arrays.copyOf(ModelContainer.encode(full()), 10);
    // The name of the model, 2^31 - 9 bytes long: in zigzag, 2^32 - 18.
    byte[] bytes = Arrays.copyOf(start, 40);
    byte[] length = {(byte) 0xEE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
    System.arraycopy(length, 0, bytes, 10, length.length);
    assertRefused(bytes, "not a whole Avro record");
  }
}
