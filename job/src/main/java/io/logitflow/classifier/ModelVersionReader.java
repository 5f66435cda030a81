package io.logitflow.classifier;

import io.logitflow.schema.ModelVersion;
import io.logitflow.schema.SchemaVersions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads the Avro form of a model. It goes through generic records: Avro loads specific classes by
 * name only from packages that a system property trusts.
 */
final class ModelVersionReader {

  private static final Schema SCHEMA = ModelVersion.getClassSchema();

  /** Every version that the schema ever had, by fingerprint: models stay on topics and in files. */
  private static final Map<Long, Schema> WRITERS =
      SchemaVersions.of(SCHEMA).stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  SchemaNormalization::parsingFingerprint64, Function.identity()));

  private static final int HEADER_SIZE = 2 + Long.BYTES;

  private ModelVersionReader() {}

  static Model read(byte[] bytes) throws InvalidModelException {
    Schema writer = writer(bytes);
    GenericRecord record;
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, HEADER_SIZE, bytes.length - HEADER_SIZE, null);
    boolean end;
    try {
      record = new GenericDatumReader<GenericRecord>(writer, SCHEMA).read(null, decoder);
      end = decoder.isEnd();
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | NegativeArraySizeException
        | UnsupportedOperationException e) {
      throw new InvalidModelException(
          "model container of %d bytes: not a whole Avro record of %s (%s)"
              .formatted(bytes.length, SCHEMA.getFullName(), e),
          e);
    }
    if (!end) {
      throw new InvalidModelException(
          "model container of %d bytes: bytes are left over after the record"
              .formatted(bytes.length));
    }
    return model(record);
  }

  /** The schema that the header names. */
  private static Schema writer(byte[] bytes) throws InvalidModelException {
    if (bytes.length < HEADER_SIZE) {
      throw new InvalidModelException(
          "model container of %d bytes: expected at least %d".formatted(bytes.length, HEADER_SIZE));
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getShort(0) != (short) 0x01C3) {
      throw new InvalidModelException(
          "model container starts with %02x %02x, expected c3 01 (Avro single-object encoding)"
              .formatted(bytes[0], bytes[1]));
    }
    long fingerprint = header.getLong(2);
    Schema writer = WRITERS.get(fingerprint);
    if (writer == null) {
      throw new InvalidModelException(
          "model container has schema fingerprint %016x, expected that of one of %d versions of %s:"
                  .formatted(fingerprint, WRITERS.size(), SCHEMA.getFullName())
              + " a newer program may have written it");
    }
    return writer;
  }

  private static Model model(GenericRecord record) throws InvalidModelException {
    Model.Builder builder =
        Model.builder()
            .name((String) record.get("model"))
            .version((Long) record.get("version"))
            .createdAt(Instant.ofEpochMilli((Long) record.get("createdAt")))
            .classNames(strings(record.get("classNames")))
            .featureNames(strings(record.get("featureNames")))
            .layers(layers((List<?>) record.get("layers")))
            .outputFunction(
                ModelParts.outputFunction(
                    "outputFunction", part("outputFunction", record.get("outputFunction"))))
            .expectedChecksum(((GenericFixed) record.get("weightsChecksum")).bytes())
            .goldenRows(goldenRows((List<?>) record.get("goldenRows")))
            .provenance(provenance((GenericRecord) record.get("provenance")));
    if (record.get("normaliser") instanceof GenericRecord normaliser) {
      builder.normaliser(
          new Normaliser(
              tensor("normaliser.mean", normaliser.get("mean")),
              tensor("normaliser.scale", normaliser.get("scale"))));
    }
    if (record.get("artifact") instanceof GenericRecord artifact) {
      builder.artifact(artifact(artifact));
    }
    if (record.get("calibration") instanceof GenericRecord calibration) {
      builder.calibration(
          new Calibration(
              (Integer) calibration.get("version"),
              (Double) calibration.get("temperature"),
              doubles(calibration.get("biases"))));
    }
    Model model = builder.build();
    if ((Integer) record.get("featureCount") != model.featureCount()) {
      throw new InvalidModelException(
          "featureCount is %s, expected %d, what the network takes"
              .formatted(record.get("featureCount"), model.featureCount()));
    }
    return model;
  }

  private static List<Layer> layers(List<?> records) throws InvalidModelException {
    List<Layer> layers = new ArrayList<>();
    for (Object element : records) {
      String where = "layers[" + layers.size() + "]";
      layers.add(ModelParts.layer(where, part(where, element)));
    }
    return layers;
  }

  private static ModelPart part(String where, Object value) throws InvalidModelException {
    GenericRecord record = (GenericRecord) value;
    Map<String, Tensor> tensors = new HashMap<>();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) record.get("tensors")).entrySet()) {
      String name = (String) entry.getKey();
      tensors.put(name, tensor(where + "." + name, entry.getValue()));
    }
    @SuppressWarnings("unchecked") // the schema says so
    Map<String, Double> parameters = (Map<String, Double>) record.get("parameters");
    return new ModelPart(record.get("type").toString(), tensors, parameters);
  }

  private static Artifact artifact(GenericRecord record) throws InvalidModelException {
    String format = record.get("format").toString();
    return new Artifact(
        switch (format) {
          case "TORCHSCRIPT" -> Artifact.Format.TORCHSCRIPT;
          case "ONNX" -> Artifact.Format.ONNX;
          default ->
              throw new InvalidModelException(
                  "artifact.format is %s, which this version does not know".formatted(format));
        },
        ((List<?>) record.get("inputShape")).stream().map(Integer.class::cast).toList(),
        (Boolean) record.get("yieldsProbabilities"),
        bytes(record.get("content")));
  }

  private static byte[] bytes(Object value) {
    ByteBuffer buffer = (ByteBuffer) value;
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static Tensor tensor(String where, Object value) throws InvalidModelException {
    GenericRecord record = (GenericRecord) value;
    String elementType = record.get("elementType").toString();
    int[] shape =
        ((List<?>) record.get("shape")).stream().mapToInt(length -> (Integer) length).toArray();
    return Tensor.of(
        where,
        switch (elementType) {
          case "FLOAT32" -> Tensor.ElementType.FLOAT32;
          case "FLOAT64" -> Tensor.ElementType.FLOAT64;
          case "INT32" -> Tensor.ElementType.INT32;
          default ->
              throw new InvalidModelException(
                  "%s has element type %s, expected FLOAT32, FLOAT64 or INT32"
                      .formatted(where, elementType));
        },
        shape,
        bytes(record.get("values")));
  }

  private static List<GoldenRow> goldenRows(List<?> records) {
    List<GoldenRow> rows = new ArrayList<>();
    for (Object element : records) {
      GenericRecord row = (GenericRecord) element;
      List<?> features = (List<?>) row.get("features");
      float[] unboxed = new float[features.size()];
      for (int i = 0; i < unboxed.length; i++) {
        unboxed[i] = (Float) features.get(i);
      }
      rows.add(new GoldenRow(unboxed, doubles(row.get("probabilities"))));
    }
    return rows;
  }

  private static Provenance provenance(GenericRecord record) {
    @SuppressWarnings("unchecked") // the schema says so
    Map<String, String> details = (Map<String, String>) record.get("details");
    return new Provenance(
        (String) record.get("origin"),
        record.get("parentVersion") instanceof Long version
            ? OptionalLong.of(version)
            : OptionalLong.empty(),
        (String) record.get("codeVersion"),
        (String) record.get("source"),
        details);
  }

  private static double[] doubles(Object list) {
    return ((List<?>) list).stream().mapToDouble(Double.class::cast).toArray();
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }
}
