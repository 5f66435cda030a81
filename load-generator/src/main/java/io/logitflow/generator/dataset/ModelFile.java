package io.logitflow.generator.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the true model of a synthetic stream as safetensors, as PyTorch names the tensors of an
 * {@code nn.Linear} called {@code linear}: scored with it, the stream is calibrated. Format:
 * https://huggingface.co/docs/safetensors.
 */
public final class ModelFile {
  private ModelFile() {}

  /** Writes {@code linear.weight} [classes, features] and {@code linear.bias} [classes]. */
  public static void write(SyntheticModel model, Path file) throws IOException {
    float[] weights = model.weights();
    float[] biases = model.biases();
    int weightsEnd = weights.length * Float.BYTES;
    int end = weightsEnd + biases.length * Float.BYTES;
    String header =
        String.format(
            "{\"linear.bias\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[%d,%d]},"
                + "\"linear.weight\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]}}",
            biases.length, weightsEnd, end, model.classCount(), model.featureCount(), weightsEnd);
    byte[] padded =
        (header + " ".repeat((8 - header.length() % 8) % 8)).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + padded.length + end).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded.length).put(padded);
    for (float weight : weights) {
      bytes.putFloat(weight);
    }
    for (float bias : biases) {
      bytes.putFloat(bias);
    }
    Files.write(file, bytes.array());
  }
}
