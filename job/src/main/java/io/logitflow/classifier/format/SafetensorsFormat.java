package io.logitflow.classifier.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.Provenance;
import io.logitflow.classifier.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Models as safetensors files, as PyTorch writes the state of an {@code nn.Linear}: a matrix {@code
 * <name>.weight} of shape {@code [classes, features]} and, if there is one, a vector {@code
 * <name>.bias} of shape {@code [classes]}; the name with its dot may be missing. {@code
 * normaliser.mean} and {@code normaliser.std} of shape {@code [features]} may be beside them:
 * {@code x' = (x - mean) / std} goes into the layer.
 */
public final class SafetensorsFormat {

  private static final String MEAN = "normaliser.mean";
  private static final String SCALE = "normaliser.std";
  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";

  private SafetensorsFormat() {}

  /**
   * Reads layer and normaliser of a model; its name, version and classes are for the caller to set.
   *
   * @throws IOException if the file cannot be read
   * @throws InvalidModelException if the file is damaged or holds something else than one linear
   *     layer; the message names file, tensor and reason
   */
  public static Model.Builder read(Path file) throws IOException, InvalidModelException {
    SafetensorsFile tensors = SafetensorsFile.read(file);
    String weight = weight(tensors);
    String bias = weight.substring(0, weight.length() - WEIGHT.length()) + BIAS;
    for (String name : tensors.names()) {
      if (!List.of(weight, bias, MEAN, SCALE).contains(name)) {
        throw tensors.invalid(
            "tensor '"
                + name
                + "' is none of "
                + weight
                + ", "
                + bias
                + ", "
                + MEAN
                + ", "
                + SCALE);
      }
    }
    Optional<Tensor> biasTensor =
        tensors.contains(bias) ? Optional.of(tensors.tensor(bias)) : Optional.empty();
    Model.Builder model =
        Model.builder()
            .layers(List.of(new LinearLayer(tensors.tensor(weight), biasTensor)))
            .provenance(
                Provenance.ofImport(
                    String.valueOf(file.getFileName()), Map.of("format", "safetensors")));
    if (tensors.contains(MEAN) != tensors.contains(SCALE)) {
      throw tensors.invalid("only one of " + MEAN + " and " + SCALE + " is there");
    }
    if (tensors.contains(MEAN)) {
      model.normaliser(new Normaliser(tensors.tensor(MEAN), tensors.tensor(SCALE)));
    }
    return model;
  }

  /** The one matrix that is called a weight. */
  private static String weight(SafetensorsFile tensors) throws InvalidModelException {
    List<String> weights =
        tensors.names().stream()
            .filter(name -> name.equals(WEIGHT) || name.endsWith("." + WEIGHT))
            .filter(name -> tensors.rank(name) == 2)
            .toList();
    if (weights.size() != 1) {
      throw tensors.invalid(
          "the tensors are "
              + tensors.names()
              + ", expected exactly one matrix 'weight' or '<name>.weight'");
    }
    return weights.get(0);
  }

  /**
   * Writes a model of one linear layer as {@code linear.weight}, {@code linear.bias} and the
   * normaliser. The temperature of its calibration is in the metadata, since PyTorch knows no such
   * tensor.
   *
   * @throws IllegalArgumentException if the model has more layers than one
   */
  public static void write(Model model, Path file) throws IOException {
    if (model.layers().size() != 1) {
      throw new IllegalArgumentException(
          "the model has " + model.layers().size() + " layers, expected 1");
    }
    LinearLayer layer = model.layers().get(0);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    // float64 first, so that every tensor is aligned to the size of its elements.
    model
        .normaliser()
        .ifPresent(
            normaliser -> {
              tensors.put(MEAN, normaliser.mean());
              tensors.put(SCALE, normaliser.scale());
            });
    tensors.put("linear." + WEIGHT, layer.weight());
    layer.bias().ifPresent(bias -> tensors.put("linear." + BIAS, bias));
    Files.write(file, encode(model, tensors));
  }

  private static byte[] encode(Model model, Map<String, Tensor> tensors) {
    ObjectMapper json = new ObjectMapper();
    ObjectNode header = json.createObjectNode();
    header
        .putObject("__metadata__")
        .put("format", "pt")
        .put("model", model.name())
        .put("version", Long.toString(model.version()))
        .put("temperature", Double.toString(model.calibration().temperature()));
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    tensors.forEach(
        (name, tensor) -> {
          ObjectNode entry = header.putObject(name);
          entry.put("dtype", tensor.elementType() == Tensor.ElementType.FLOAT64 ? "F64" : "F32");
          var shape = entry.putArray("shape");
          for (int i = 0; i < tensor.rank(); i++) {
            shape.add(tensor.length(i));
          }
          ByteBuffer bytes = tensor.bytes();
          byte[] copy = new byte[bytes.remaining()];
          bytes.get(copy);
          entry.putArray("data_offsets").add(values.size()).add(values.size() + copy.length);
          values.writeBytes(copy);
        });
    byte[] text;
    try {
      text = json.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
    int padding = Math.floorMod(-text.length, Long.BYTES);
    ByteBuffer out =
        ByteBuffer.allocate(Long.BYTES + text.length + padding + values.size())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length + padding)
            .put(text)
            .put(" ".repeat(padding).getBytes(StandardCharsets.UTF_8))
            .put(values.toByteArray());
    return out.array();
  }
}
