package io.logitflow.classifier.format;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelPart;
import io.logitflow.classifier.ModelParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Writes what {@link ModelDescription} reads. */
final class DescriptionWriter {

  private static final JsonMapper JSON = new JsonMapper();

  private DescriptionWriter() {}

  /** Writes everything of a model that tensors do not say, replacing the file. */
  static void write(Model model, Map<Integer, ModelPart> layers, Path file) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    if (!layers.isEmpty()) {
      ObjectNode described = json.putObject("layers");
      layers.forEach((index, part) -> PartJson.write(part, described.putObject("" + index)));
    }
    PartJson.write(ModelParts.of(model.outputFunction()), json.putObject("output"));
    json.put("temperature", model.calibration().temperature());
    if (model.calibration().hasBiases()) {
      Arrays.stream(model.calibration().biases()).forEach(json.putArray("biases")::add);
    }
    model.classNames().forEach(json.putArray("classes")::add);
    if (!model.featureNames().isEmpty()) {
      model.featureNames().forEach(json.putArray("features")::add);
    }
    Files.writeString(file, json.toPrettyString() + "\n");
  }
}
