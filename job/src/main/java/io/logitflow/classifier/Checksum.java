package io.logitflow.classifier;

import io.logitflow.classifier.output.OutputFunction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * SHA-256 over the canonical bytes of what turns features into logits and logits into
 * probabilities: normaliser, layers or artifact, and output function. Names, calibration and
 * provenance are not part of it, so two versions that differ only in their calibration have the
 * same checksum.
 *
 * <p>Canonical bytes, integers being 32-bit little-endian:
 *
 * <pre>
 * model    = "logitflow-weights-2\n" normaliser layers artifact output
 * normaliser = 00 | 01 tensor(mean) tensor(scale)
 * layers   = int(number of layers) part*
 * artifact = 00 | 01 text(format) int(rank) int(length of each dimension)* (00 | 01) bytes
 * output   = part
 * part     = text(type) int(number of tensors) (text(name) tensor)* int(number of parameters)
 *            (text(name) float64)*, both in the order of the names
 * text     = bytes of its UTF-8
 * bytes    = int(length) byte*
 * tensor   = element-type int(rank) int(length of each dimension)* values
 * element-type = 01 (float32) | 02 (float64) | 03 (int32)
 * values   = the elements in row-major order, little-endian
 * </pre>
 */
final class Checksum {

  private final MessageDigest digest;

  private Checksum() {
    digest = sha256();
  }

  /** A new digest of whatever bytes. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The checksum, 32 bytes. */
  static byte[] of(
      Optional<Normaliser> normaliser,
      List<Layer> layers,
      Optional<Artifact> artifact,
      OutputFunction outputFunction) {
    Checksum checksum = new Checksum();
    checksum.digest.update("logitflow-weights-2\n".getBytes(StandardCharsets.UTF_8));
    checksum.present(normaliser.isPresent());
    normaliser.ifPresent(
        present -> {
          checksum.tensor(present.mean());
          checksum.tensor(present.scale());
        });
    checksum.number(layers.size());
    layers.forEach(layer -> checksum.part(ModelParts.of(layer)));
    checksum.present(artifact.isPresent());
    artifact.ifPresent(checksum::artifact);
    checksum.part(ModelParts.of(outputFunction));
    return checksum.digest.digest();
  }

  private void part(ModelPart part) {
    text(part.type());
    number(part.tensors().size());
    part.tensors()
        .forEach(
            (name, tensor) -> {
              text(name);
              tensor(tensor);
            });
    number(part.parameters().size());
    part.parameters()
        .forEach(
            (name, value) -> {
              text(name);
              digest.update(littleEndian(Double.BYTES).putDouble(0, value));
            });
  }

  private void artifact(Artifact artifact) {
    text(artifact.format().name());
    number(artifact.inputShape().size());
    artifact.inputShape().forEach(this::number);
    present(artifact.yieldsProbabilities());
    bytes(artifact.content());
  }

  private void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(byte[] bytes) {
    number(bytes.length);
    digest.update(bytes);
  }

  private void present(boolean present) {
    digest.update((byte) (present ? 1 : 0));
  }

  private void number(int number) {
    digest.update(littleEndian(Integer.BYTES).putInt(0, number));
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void tensor(Tensor tensor) {
    digest.update(
        (byte)
            switch (tensor.elementType()) {
              case FLOAT32 -> 1;
              case FLOAT64 -> 2;
              case INT32 -> 3;
            });
    number(tensor.rank());
    for (int dimension = 0; dimension < tensor.rank(); dimension++) {
      number(tensor.length(dimension));
    }
    digest.update(tensor.bytes());
  }
}
