package io.logitflow.generator.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelFileTest {
  @TempDir private Path folder;

  @Test
  void tensorsLieWhereTheHeaderSays() throws Exception {
    SyntheticModel model = DatasetCatalogue.syntheticModel(5, 3, 1);
    Path file = folder.resolve("true.safetensors");
    ModelFile.write(model, file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = Math.toIntExact(bytes.getLong());
    byte[] header = new byte[headerLength];
    bytes.get(header);
    JsonNode tensors = new ObjectMapper().readTree(header);
    ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    assertThat(tensors.size()).isEqualTo(2);
    assertThat(floats(tensors.get("linear.weight"), data, "[3,5]")).isEqualTo(model.weights());
    assertThat(floats(tensors.get("linear.bias"), data, "[3]")).isEqualTo(model.biases());
    assertThat(data.limit()).isEqualTo((15 + 3) * 4);
    assertThat(headerLength % 8).isZero();
  }

  private static float[] floats(JsonNode tensor, ByteBuffer data, String shape) {
    assertThat(tensor.get("dtype").textValue()).isEqualTo("F32");
    assertThat(tensor.get("shape")).hasToString(shape);
    int from = tensor.get("data_offsets").get(0).intValue();
    int to = tensor.get("data_offsets").get(1).intValue();
    float[] values = new float[(to - from) / 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.getFloat(from + 4 * i);
    }
    return values;
  }
}
