package io.logitflow.classifier;

import io.logitflow.schema.ModelVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
  private static final long FINGERPRINT = SchemaNormalization.parsingFingerprint64(SCHEMA);
  private static final int HEADER_SIZE = 2 + Long.BYTES;

  private ModelVersionReader() {}

  static Model read(byte[] bytes) throws InvalidModelException {
    checkHeader(bytes);
    GenericRecord record;
    BinaryDecoder decoder =
        DecoderFactory.get().binaryDecoder(bytes, HEADER_SIZE, bytes.length - HEADER_SIZE, null);
    boolean end;
    try {
      record = new GenericDatumReader<GenericRecord>(SCHEMA).read(null, decoder);
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

  private static void checkHeader(byte[] bytes) throws InvalidModelException {
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
    if (fingerprint != FINGERPRINT) {
      throw new InvalidModelException(
          "model container has schema fingerprint %016x, expected %016x (%s)"
              .formatted(fingerprint, FINGERPRINT, SCHEMA.getFullName()));
    }
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
            .expectedChecksum(((GenericFixed) record.get("weightsChecksum")).bytes())
            .goldenRows(goldenRows((List<?>) record.get("goldenRows")))
            .provenance(provenance((GenericRecord) record.get("provenance")));
    if (record.get("normaliser") instanceof GenericRecord normaliser) {
      builder.normaliser(
          new Normaliser(
              tensor("normaliser.mean", normaliser.get("mean")),
              tensor("normaliser.scale", normaliser.get("scale"))));
    }
    if (record.get("calibration") instanceof GenericRecord calibration) {
      builder.calibration(
          new Calibration(
              (Integer) calibration.get("version"), (Double) calibration.get("temperature")));
    }
    Model model = builder.build();
    if ((Integer) record.get("featureCount") != model.featureCount()) {
      throw new InvalidModelException(
          "featureCount is %s, expected %d, the inputs of layers[0]"
              .formatted(record.get("featureCount"), model.featureCount()));
    }
    return model;
  }

  private static List<LinearLayer> layers(List<?> records) throws InvalidModelException {
    List<LinearLayer> layers = new ArrayList<>();
    for (Object element : records) {
      GenericRecord layer = (GenericRecord) element;
      String where = "layers[" + layers.size() + "]";
      Tensor weight = tensor(where + ".weight", layer.get("weight"));
      layers.add(
          layer.get("bias") instanceof GenericRecord bias
              ? LinearLayer.of(weight, tensor(where + ".bias", bias))
              : LinearLayer.withoutBias(weight));
    }
    return layers;
  }

  private static Tensor tensor(String where, Object value) throws InvalidModelException {
    GenericRecord record = (GenericRecord) value;
    String elementType = record.get("elementType").toString();
    int[] shape =
        ((List<?>) record.get("shape")).stream().mapToInt(length -> (Integer) length).toArray();
    ByteBuffer values = (ByteBuffer) record.get("values");
    byte[] bytes = new byte[values.remaining()];
    values.get(bytes);
    return Tensor.of(
        where,
        switch (elementType) {
          case "FLOAT32" -> Tensor.ElementType.FLOAT32;
          case "FLOAT64" -> Tensor.ElementType.FLOAT64;
          default ->
              throw new InvalidModelException(
                  "%s has element type %s, expected FLOAT32 or FLOAT64"
                      .formatted(where, elementType));
        },
        shape,
        bytes);
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
      List<?> probabilities = (List<?>) row.get("probabilities");
      rows.add(
          new GoldenRow(unboxed, probabilities.stream().mapToDouble(p -> (Double) p).toArray()));
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

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }
}
