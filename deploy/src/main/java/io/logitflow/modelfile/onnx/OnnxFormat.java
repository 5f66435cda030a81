package io.logitflow.modelfile.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.modelfile.ImportedNetwork;
import io.logitflow.modelfile.StatedTraits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * ONNX files, https://onnx.ai/onnx/repo-docs/IR.html. A file is read as a whole, and nothing in it
 * makes an allocation that is larger than the file warrants.
 */
public final class OnnxFormat {

  private OnnxFormat() {}

  /**
   * Reads a file: into layers if our layers can express it, or else as an artifact.
   *
   * @param stated what the user says of it
   * @throws IOException if the file cannot be read
   * @throws InvalidModelException if it can be neither; the message names the file, the node or
   *     tensor and the reason
   */
  public static ImportedNetwork read(Path file, StatedTraits stated)
      throws IOException, InvalidModelException {
    byte[] content = Files.readAllBytes(file);
    try {
      return read(content, stated);
    } catch (InvalidModelException e) {
      throw new InvalidModelException(file + ": " + e.getMessage(), e);
    }
  }

  private static ImportedNetwork read(byte[] content, StatedTraits stated)
      throws InvalidModelException {
    ModelProto model = parse(content);
    TensorChecks.check(model.getGraph());
    OperatorChecks.check(model);
    Map<String, String> details = details(model);
    try {
      Model.Builder builder = Model.builder();
      GraphReader.read(model.getGraph()).addTo(builder, stated);
      return new ImportedNetwork(builder, details);
    } catch (NotLayersException e) {
      details.put("onnx.artifact-because", e.getMessage());
      return new ImportedNetwork(artifact(model, content, stated, e), details);
    }
  }

  private static Model.Builder artifact(
      ModelProto model, byte[] content, StatedTraits stated, NotLayersException why)
      throws InvalidModelException {
    try {
      return new OnnxArtifact(model.getGraph(), stated).builder(content);
    } catch (InvalidModelException e) {
      throw new InvalidModelException(
          "no layers of ours, as %s; and nothing that an engine can serve, as %s"
              .formatted(why.getMessage(), e.getMessage()),
          e);
    }
  }

  private static ModelProto parse(byte[] content) throws InvalidModelException {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(content);
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidModelException(
          "%d bytes that are no ONNX model, or a truncated one: %s"
              .formatted(content.length, e.getMessage()),
          e);
    }
    if (model.getGraph().getNodeCount() == 0 || model.getGraph().getOutputCount() == 0) {
      throw new InvalidModelException(
          "%d bytes without a graph of nodes and outputs, expected an ONNX model"
              .formatted(content.length));
    }
    return model;
  }

  private static Map<String, String> details(ModelProto model) {
    Map<String, String> details = new TreeMap<>();
    details.put(
        "onnx.producer", (model.getProducerName() + " " + model.getProducerVersion()).strip());
    details.put(
        "onnx.opset",
        model.getOpsetImportList().stream()
            .map(OnnxFormat::opset)
            .collect(Collectors.joining(", ")));
    return details;
  }

  private static String opset(OperatorSetIdProto opset) {
    return (opset.getDomain() + " " + opset.getVersion()).strip();
  }
}
