package io.logitflow.classifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that PyTorch wrote, and what it must give: the README beside the files says where they
 * come from.
 *
 * @param artifact the file
 * @param inputs {@code [rows, features]}
 * @param logits {@code [rows, classes]}, float64
 * @param probabilities {@code [rows, classes]}, float64
 */
public record ModelFile(
    Artifact artifact, float[][] inputs, double[][] logits, double[][] probabilities) {

  /** A file by its name, e.g. {@code convolutional.pt}. */
  public static ModelFile of(String name) {
    try {
      JsonNode expected =
          new ObjectMapper()
              .readTree(bytes(name.substring(0, name.indexOf('.')) + ".expected.json"));
      List<Integer> shape = new ArrayList<>();
      expected.get("inputShape").forEach(length -> shape.add(length.intValue()));
      double[][] inputs = matrix(expected.get("inputs"));
      float[][] features = new float[inputs.length][];
      for (int row = 0; row < inputs.length; row++) {
        features[row] = new float[inputs[row].length];
        for (int i = 0; i < inputs[row].length; i++) {
          features[row][i] = (float) inputs[row][i];
        }
      }
      return new ModelFile(
          new Artifact(
              format(name),
              shape,
              expected.get("outputs").textValue().equals("PROBABILITIES"),
              bytes(name)),
          features,
          matrix(expected.get("logits")),
          matrix(expected.get("probabilities")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a file. */
  public static byte[] bytes(String name) {
    try (InputStream file = ModelFile.class.getResourceAsStream("files/" + name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Format by the extension. */
  public static Artifact.Format format(String name) {
    return name.endsWith(".onnx") ? Artifact.Format.ONNX : Artifact.Format.TORCHSCRIPT;
  }

  /** The inputs again and again, {@code [rows, features]}. */
  public float[] batch(int rows) {
    int features = inputs[0].length;
    float[] batch = new float[rows * features];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(inputs[row % inputs.length], 0, batch, row * features, features);
    }
    return batch;
  }

  /** Number of classes. */
  public int classCount() {
    return logits[0].length;
  }

  private static double[][] matrix(JsonNode rows) {
    double[][] matrix = new double[rows.size()][];
    for (int row = 0; row < matrix.length; row++) {
      matrix[row] = new double[rows.get(row).size()];
      for (int i = 0; i < matrix[row].length; i++) {
        matrix[row][i] = rows.get(row).get(i).doubleValue();
      }
    }
    return matrix;
  }
}
