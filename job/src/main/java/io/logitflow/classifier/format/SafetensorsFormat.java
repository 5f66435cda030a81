package io.logitflow.classifier.format;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelPart;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The state of a PyTorch module in a safetensors file: an {@code nn.Linear}, with one weight matrix
 * {@code weight} or {@code <module>.weight} of shape {@code [classes, features]} and optionally its
 * {@code bias}; or an {@code nn.Sequential}, with {@code 0.weight}, {@code 1.running_mean} and so
 * on. Optionally {@code normaliser.mean} and {@code normaliser.std} of shape {@code [features]},
 * which are applied before it: {@code x' = (x - mean) / std}. Element types F32 and F64.
 *
 * <p>What tensors do not say (activations, output function, names) stands in a JSON file of the
 * same name beside it; see {@link ModelDescription}. A tensor beside those expected is refused:
 * ignoring a layer would give wrong probabilities.
 */
public final class SafetensorsFormat {

  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";
  private static final String MEAN = "normaliser.mean";
  private static final String STD = "normaliser.std";

  private SafetensorsFormat() {}

  /**
   * Reads a file, and the JSON file beside it if there is one. Name and time of creation are still
   * to be given to the builder; class names may be.
   *
   * @throws IOException if a file cannot be read
   * @throws InvalidModelException if it is not such a file; the message names the file and the
   *     tensor
   */
  public static Model.Builder read(Path file) throws IOException, InvalidModelException {
    Path beside = description(file);
    return read(
        file.toString(),
        Files.readAllBytes(file),
        Files.exists(beside) ? ModelDescription.read(beside) : ModelDescription.none(beside));
  }

  /** Where the JSON file of a safetensors file is: {@code model.json} for model.safetensors. */
  public static Path description(Path file) {
    return ModelDescription.beside(file);
  }

  private static Model.Builder read(String file, byte[] bytes, ModelDescription description)
      throws InvalidModelException {
    SafetensorsReader reader = SafetensorsReader.of(file, bytes);
    Model.Builder builder =
        Model.builder().provenance(Provenance.ofImport(file, reader.metadata()));
    description.addTo(builder);
    TreeSet<String> names = new TreeSet<>(reader.names());
    names.removeAll(List.of(MEAN, STD));
    Optional<SortedMap<Integer, Map<String, String>>> sequential = SequentialNames.parse(names);
    if (sequential.isPresent()) {
      new SequentialReader(file, reader, sequential.get(), description).addTo(builder);
    } else {
      builder.layers(List.of(linear(file, reader, names)));
      checkNoLayers(file, description);
    }
    if (reader.names().contains(MEAN) != reader.names().contains(STD)) {
      throw new InvalidModelException(
          "%s: found only one of %s and %s, expected both or neither".formatted(file, MEAN, STD));
    }
    if (reader.names().contains(MEAN)) {
      builder.normaliser(new Normaliser(reader.tensor(MEAN), reader.tensor(STD)));
    }
    return builder;
  }

  private static LinearLayer linear(String file, SafetensorsReader reader, Set<String> names)
      throws InvalidModelException {
    String weightName = weightName(file, reader);
    String biasName = weightName.substring(0, weightName.length() - WEIGHT.length()) + BIAS;
    TreeSet<String> unknown = new TreeSet<>(names);
    unknown.removeAll(List.of(weightName, biasName));
    if (!unknown.isEmpty()) {
      throw new InvalidModelException(
          "%s: found %s beside %s, expected only %s, %s and %s"
              .formatted(file, unknown, weightName, biasName, MEAN, STD));
    }
    return new LinearLayer(
        reader.tensor(weightName),
        names.contains(biasName) ? Optional.of(reader.tensor(biasName)) : Optional.empty());
  }

  private static String weightName(String file, SafetensorsReader reader)
      throws InvalidModelException {
    List<String> matrices =
        reader.names().stream()
            .filter(name -> name.equals(WEIGHT) || name.endsWith("." + WEIGHT))
            .toList();
    if (matrices.size() != 1) {
      throw new InvalidModelException(
          ("%s: found %d weight matrices among the tensors %s, expected exactly one named %s or"
               + " <module>.weight, as in the state of an nn.Linear, or 0.weight, 1.weight ... of"
               + " an nn.Sequential")
              .formatted(file, matrices.size(), reader.names(), WEIGHT));
    }
    return matrices.get(0);
  }

  private static void checkNoLayers(String file, ModelDescription description)
      throws InvalidModelException {
    if (!description.layers().isEmpty()) {
      throw new InvalidModelException(
          "%s has layers %s, but %s holds one nn.Linear, not an nn.Sequential with indices"
              .formatted(description.place(), description.layers().keySet(), file));
    }
  }

  /**
   * Writes a model, replacing the file and the JSON file beside it. One dense linear layer becomes
   * {@code linear.weight} and {@code linear.bias}, other layers those of an {@code nn.Sequential};
   * what they do not say becomes the JSON file.
   *
   * @throws InvalidModelException if PyTorch has no such layers
   */
  public static void write(Model model, Path file) throws IOException, InvalidModelException {
    if (model.artifact().isPresent()) {
      throw new InvalidModelException(
          "model %s is the file %s of another program, expected layers: write it to .avro"
              .formatted(model, model.artifact().get()));
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<Integer, ModelPart> described = Map.of();
    if (model.layers().size() == 1 && model.layers().get(0) instanceof LinearLayer layer) {
      tensors.put("linear." + WEIGHT, layer.weight());
      layer.bias().ifPresent(bias -> tensors.put("linear." + BIAS, bias));
    } else {
      SequentialWriter writer = SequentialWriter.of(model);
      tensors.putAll(writer.tensors());
      described = writer.described();
    }
    model
        .normaliser()
        .ifPresent(
            normaliser -> {
              tensors.put(MEAN, normaliser.mean());
              tensors.put(STD, normaliser.scale());
            });
    Files.write(file, SafetensorsWriter.bytes(tensors, model));
    DescriptionWriter.write(model, described, description(file));
  }
}
