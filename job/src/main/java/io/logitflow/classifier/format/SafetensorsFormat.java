package io.logitflow.classifier.format;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.Provenance;
import io.logitflow.classifier.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A PyTorch {@code nn.Linear} in a safetensors file: one weight matrix {@code weight} or {@code
 * <module>.weight} of shape {@code [classes, features]}, optionally its {@code bias}, and
 * optionally {@code normaliser.mean} and {@code normaliser.std} of shape {@code [features]}, which
 * are applied before it: {@code x' = (x - mean) / std}. Element types F32 and F64.
 *
 * <p>A tensor beside these is refused: ignoring a layer would give wrong probabilities.
 */
public final class SafetensorsFormat {

  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";
  private static final String MEAN = "normaliser.mean";
  private static final String STD = "normaliser.std";

  private SafetensorsFormat() {}

  /**
   * Reads a file. Name and time of creation are still to be given to the builder; class names may
   * be.
   *
   * @throws IOException if the file cannot be read
   * @throws InvalidModelException if it is not such a file; the message names the file and the
   *     tensor
   */
  public static Model.Builder read(Path file) throws IOException, InvalidModelException {
    return read(file.toString(), Files.readAllBytes(file));
  }

  static Model.Builder read(String file, byte[] bytes) throws InvalidModelException {
    SafetensorsReader reader = SafetensorsReader.of(file, bytes);
    String weightName = weightName(file, reader);
    String prefix = weightName.substring(0, weightName.length() - WEIGHT.length());
    String biasName = prefix + BIAS;
    TreeSet<String> unknown = new TreeSet<>(reader.names());
    unknown.removeAll(List.of(weightName, biasName, MEAN, STD));
    if (!unknown.isEmpty()) {
      throw new InvalidModelException(
          "%s: found %s beside %s, expected only %s, %s and %s"
              .formatted(file, unknown, weightName, biasName, MEAN, STD));
    }
    Tensor weight = reader.tensor(weightName);
    Optional<Tensor> bias =
        reader.names().contains(biasName) ? Optional.of(reader.tensor(biasName)) : Optional.empty();
    Model.Builder builder =
        Model.builder()
            .layers(List.of(new LinearLayer(weight, bias)))
            .provenance(Provenance.ofImport(file, reader.metadata()));
    if (reader.names().contains(MEAN) != reader.names().contains(STD)) {
      throw new InvalidModelException(
          "%s: found only one of %s and %s, expected both or neither".formatted(file, MEAN, STD));
    }
    if (reader.names().contains(MEAN)) {
      builder.normaliser(new Normaliser(reader.tensor(MEAN), reader.tensor(STD)));
    }
    return builder;
  }

  private static String weightName(String file, SafetensorsReader reader)
      throws InvalidModelException {
    List<String> matrices =
        reader.names().stream()
            .filter(name -> name.equals(WEIGHT) || name.endsWith("." + WEIGHT))
            .toList();
    if (matrices.size() != 1) {
      throw new InvalidModelException(
          "%s: found %d weight matrices among the tensors %s, expected exactly one named %s or"
                  .formatted(file, matrices.size(), reader.names(), WEIGHT)
              + " <module>.weight, as in the state of an nn.Linear");
    }
    return matrices.get(0);
  }

  /**
   * Writes the weights of a model as {@code linear.weight} and {@code linear.bias}, with the
   * normaliser if it has one, replacing the file. The calibration and the names of the classes have
   * no place in it.
   *
   * @throws InvalidModelException if the model is not one dense linear layer and softmax
   */
  public static void write(Model model, Path file) throws IOException, InvalidModelException {
    if (model.layers().size() != 1 || !(model.layers().get(0) instanceof LinearLayer layer)) {
      throw new InvalidModelException(
          "model %s has the layers %s, expected one dense linear layer to write it as one nn.Linear"
              .formatted(model, model.layers()));
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("linear." + WEIGHT, layer.weight());
    layer.bias().ifPresent(bias -> tensors.put("linear." + BIAS, bias));
    model
        .normaliser()
        .ifPresent(
            normaliser -> {
              tensors.put(MEAN, normaliser.mean());
              tensors.put(STD, normaliser.scale());
            });
    Files.write(file, SafetensorsWriter.bytes(tensors, model));
  }
}
