package io.logitflow.classifier.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFormatTest {

  @TempDir private Path dir;

  private Path resource(String name) throws IOException {
    Path copy = dir.resolve(name);
    try (InputStream in =
        SafetensorsFormatTest.class.getResourceAsStream(
            "/io/logitflow/classifier/reference/" + name)) {
      Files.copy(in, copy);
    }
    return copy;
  }

  private Path file(String header, int dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    return Files.write(dir.resolve("m.safetensors"), out.putLong(text.length).put(text).array());
  }

  private static Model build(Model.Builder builder) throws InvalidModelException {
    return builder.name("m").version(3).createdAt(Instant.EPOCH).build();
  }

  @Nested
  class FilesOfPyTorch {

    @Test
    void aLinearLayerIsRead() throws Exception {
      Model model = build(SafetensorsFormat.read(resource("digits-sgd.safetensors")));
      assertThat(model.featureCount()).isEqualTo(64);
      assertThat(model.classCount()).isEqualTo(10);
      assertThat(model.normaliser()).isEmpty();
    }

    @Test
    void aNormaliserOfFloat64IsRead() throws Exception {
      Model model = build(SafetensorsFormat.read(resource("flights-sgd.safetensors")));
      assertThat(model.featureCount()).isEqualTo(57);
      assertThat(model.classCount()).isEqualTo(4);
      Tensor mean = model.normaliser().orElseThrow().mean();
      assertThat(mean.elementType()).isEqualTo(Tensor.ElementType.FLOAT64);
      // Column 11 is the distance in thousands of miles.
      assertThat(mean.toDoubles()[11]).isBetween(0.5, 1.0);
    }

    @Test
    void whatIsWrittenIsReadAsTheSameModel() throws Exception {
      Model model = build(SafetensorsFormat.read(resource("flights-sgd.safetensors")));
      Path written = dir.resolve("written.safetensors");
      SafetensorsFormat.write(model, written);
      assertThat(build(SafetensorsFormat.read(written)).weightsChecksum())
          .isEqualTo(model.weightsChecksum());
      assertThat(Files.readAllBytes(written).length % 8).isZero();
    }
  }

  @Nested
  class DamagedFiles {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        value = {
          "{} | 0 | found 0 weight matrices",
          "[1] | 0 | the header is a JSON ARRAY",
          "{\"a | 0 | the header is not JSON",
          "{'weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]}} | 12 | ends at byte 16 of"
              + " the data",
          "{'weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,12]}} | 12 | 12 bytes of"
              + " values",
          "{'weight':{'dtype':'F32','shape':[2,2],'data_offsets':[-4,12]}} | 12 | expected dtype,"
              + " shape and ascending data_offsets",
          "{'weight':{'dtype':'F16','shape':[2,2],'data_offsets':[0,8]}} | 8 | F16, expected"
              + " F32, F64 or I32",
          "{'weight':{'dtype':'X9','shape':[2,2],'data_offsets':[0,8]}} | 8 | has dtype X9",
          "{'weight':{'dtype':'F32','shape':[2,-2],'data_offsets':[0,16]}} | 16 | length -2 in"
              + " shape",
          "{'weight':{'dtype':'F32','shape':[2147483647,2147483647,9],'data_offsets':[0,16]}} | 16"
              + " | expected more than 2 GiB",
          "{'weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]},'bias':{'dtype':'F32','shape':[2],'data_offsets':[12,20]}}"
              + " | 20 | begins at byte 12 of the data, expected 16",
          "{'weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]},'bias':{'dtype':'F32','shape':[2],'data_offsets':[20,28]}}"
              + " | 28 | begins at byte 20 of the data, expected 16",
          "{'weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]}} | 20 | 4 bytes of data"
              + " after",
          "{'weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]},'weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]}}"
              + " | 16 | Duplicate field 'weight'",
          "{'a.weight':{'dtype':'F32','shape':[1,2],'data_offsets':[0,8]},'b.weight':{'dtype':'F32','shape':[1,2],'data_offsets':[8,16]}}"
              + " | 16 | expected exactly one",
          "{'weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]},'extra':{'dtype':'F32','shape':[1],'data_offsets':[16,20]}}"
              + " | 20 | found [extra] beside weight",
          "{'weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]},'normaliser.mean':{'dtype':'F32','shape':[2],'data_offsets':[16,24]}}"
              + " | 24 | only one of normaliser.mean",
        })
    void areRefusedWithFileTensorAndReason(String header, int dataBytes, String reason)
        throws Exception {
      Path file = file(header.replace('\'', '"'), dataBytes);
      assertThatThrownBy(() -> SafetensorsFormat.read(file))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("m.safetensors")
          .hasMessageContaining(reason);
    }

    @Test
    void aHeaderLongerThanTheFileIsRefusedBeforeItIsRead() throws Exception {
      Path file = dir.resolve("huge.safetensors");
      Files.write(file, new byte[] {-1, -1, -1, -1, -1, -1, -1, 127, '{', '}'});
      assertThatThrownBy(() -> SafetensorsFormat.read(file))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("expected 2 to 2");
      Files.write(file, new byte[3]);
      assertThatThrownBy(() -> SafetensorsFormat.read(file))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("3 bytes");
    }

    @Test
    void mutatedFilesAreReadOrRefusedAndNothingElse() throws Exception {
      byte[] valid = Files.readAllBytes(resource("flights-sgd.safetensors"));
      Path file = dir.resolve("mutated.safetensors");
      Random random = new Random(5);
      int refused = 0;
      int rounds = 2_000;
      for (int round = 0; round < rounds; round++) {
        byte[] mutated = Arrays.copyOf(valid, valid.length - random.nextInt(4));
        for (int i = random.nextInt(3); i >= 0; i--) {
          mutated[random.nextInt(360)] = (byte) random.nextInt();
        }
        Files.write(file, mutated);
        try {
          build(SafetensorsFormat.read(file));
        } catch (InvalidModelException e) {
          assertThat(e.getMessage()).isNotBlank();
          refused++;
        }
      }
      assertThat(refused).isBetween(rounds / 2, rounds - 1);
    }
  }
}
