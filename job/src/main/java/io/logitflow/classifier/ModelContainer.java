package io.logitflow.classifier;

import io.logitflow.classifier.output.OutputFunction;
import io.logitflow.schema.ArtifactFormat;
import io.logitflow.schema.ElementType;
import io.logitflow.schema.LayerType;
import io.logitflow.schema.ModelVersion;
import io.logitflow.schema.OutputFunctionType;
import io.logitflow.schema.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The container in which a model version travels and rests: an Avro {@link ModelVersion} in
 * single-object encoding. Bytes that are damaged or hostile give an {@link InvalidModelException};
 * no allocation is larger than the bytes warrant.
 */
public final class ModelContainer {

  private ModelContainer() {}

  /**
   * Decodes and checks a model.
   *
   * @throws InvalidModelException if the bytes are not a container, or the model in it must not be
   *     served
   */
  public static Model decode(byte[] bytes) throws InvalidModelException {
    return ModelVersionReader.read(bytes);
  }

  /** Encodes a model. */
  public static byte[] encode(Model model) {
    ModelVersion version =
        ModelVersion.newBuilder()
            .setModel(model.name())
            .setVersion(model.version())
            .setCreatedAt(model.createdAt())
            .setClassNames(model.classNames())
            .setFeatureCount(model.featureCount())
            .setFeatureNames(model.featureNames())
            .setNormaliser(model.normaliser().map(ModelContainer::normaliser).orElse(null))
            .setLayers(model.layers().stream().map(ModelContainer::layer).toList())
            .setArtifact(model.artifact().map(ModelContainer::artifact).orElse(null))
            .setOutputFunction(outputFunction(model.outputFunction()))
            .setCalibration(calibration(model.calibration()))
            .setWeightsChecksum(new Sha256(model.weightsChecksum()))
            .setGoldenRows(model.goldenRows().stream().map(ModelContainer::goldenRow).toList())
            .setProvenance(provenance(model.provenance()))
            .build();
    try {
      ByteBuffer buffer = version.toByteBuffer();
      return Arrays.copyOfRange(
          buffer.array(),
          buffer.arrayOffset() + buffer.position(),
          buffer.arrayOffset() + buffer.limit());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode model " + model, e);
    }
  }

  /**
   * Reads a model from a container file.
   *
   * @throws IOException if the file cannot be read
   * @throws InvalidModelException as {@link #decode}; the message names the file
   */
  public static Model read(Path file) throws IOException, InvalidModelException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      return decode(bytes);
    } catch (InvalidModelException e) {
      throw new InvalidModelException(file + ": " + e.getMessage(), e);
    }
  }

  /** Writes a model to a container file, replacing it. */
  public static void write(Model model, Path file) throws IOException {
    Files.write(file, encode(model));
  }

  private static io.logitflow.schema.Tensor tensor(Tensor tensor) {
    List<Integer> shape = new ArrayList<>();
    for (int dimension = 0; dimension < tensor.rank(); dimension++) {
      shape.add(tensor.length(dimension));
    }
    return new io.logitflow.schema.Tensor(
        switch (tensor.elementType()) {
          case FLOAT32 -> ElementType.FLOAT32;
          case FLOAT64 -> ElementType.FLOAT64;
          case INT32 -> ElementType.INT32;
        },
        shape,
        tensor.bytes());
  }

  private static io.logitflow.schema.Normaliser normaliser(Normaliser normaliser) {
    return new io.logitflow.schema.Normaliser(
        tensor(normaliser.mean()), tensor(normaliser.scale()));
  }

  private static io.logitflow.schema.Layer layer(Layer layer) {
    ModelPart part = ModelParts.of(layer);
    return new io.logitflow.schema.Layer(
        LayerType.valueOf(part.type()), tensors(part), part.parameters());
  }

  private static io.logitflow.schema.OutputFunction outputFunction(OutputFunction function) {
    ModelPart part = ModelParts.of(function);
    return new io.logitflow.schema.OutputFunction(
        OutputFunctionType.valueOf(part.type()), tensors(part), part.parameters());
  }

  private static Map<String, io.logitflow.schema.Tensor> tensors(ModelPart part) {
    Map<String, io.logitflow.schema.Tensor> tensors = new LinkedHashMap<>();
    part.tensors().forEach((name, tensor) -> tensors.put(name, tensor(tensor)));
    return tensors;
  }

  private static io.logitflow.schema.Artifact artifact(Artifact artifact) {
    return new io.logitflow.schema.Artifact(
        ArtifactFormat.valueOf(artifact.format().name()),
        artifact.inputShape(),
        artifact.yieldsProbabilities(),
        ByteBuffer.wrap(artifact.content()));
  }

  private static io.logitflow.schema.Calibration calibration(Calibration calibration) {
    return calibration.equals(Calibration.IDENTITY)
        ? null
        : new io.logitflow.schema.Calibration(
            calibration.version(),
            calibration.temperature(),
            Arrays.stream(calibration.biases()).boxed().toList());
  }

  private static io.logitflow.schema.GoldenRow goldenRow(GoldenRow row) {
    float[] features = row.features();
    List<Float> boxed = new ArrayList<>(features.length);
    for (float feature : features) {
      boxed.add(feature);
    }
    return new io.logitflow.schema.GoldenRow(
        boxed, Arrays.stream(row.probabilities()).boxed().toList());
  }

  private static io.logitflow.schema.Provenance provenance(Provenance provenance) {
    return new io.logitflow.schema.Provenance(
        provenance.origin(),
        provenance.parentVersion().isPresent() ? provenance.parentVersion().getAsLong() : null,
        provenance.codeVersion(),
        provenance.source(),
        provenance.details());
  }
}
