package io.logitflow.classifier;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * SHA-256 over the canonical bytes of what turns features into logits and logits into
 * probabilities: normaliser, layers and output function. Names, calibration and provenance are not
 * part of it, so two versions that differ only in their calibration have the same checksum.
 *
 * <p>Canonical bytes, integers being 32-bit little-endian:
 *
 * <pre>
 * model    = "logitflow-weights-1\n" normaliser layers output
 * normaliser = 00 | 01 tensor(mean) tensor(scale)
 * layers   = int(number of layers) layer*
 * layer    = "linear\n" tensor(weight) (00 | 01 tensor(bias))
 * output   = "softmax\n"
 * tensor   = element-type int(rank) int(length of each dimension)* values
 * element-type = 01 (float32) | 02 (float64)
 * values   = the elements in row-major order, little-endian
 * </pre>
 */
final class Checksum {

  private final MessageDigest digest;

  private Checksum() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The checksum, 32 bytes. */
  static byte[] of(Optional<Normaliser> normaliser, List<LinearLayer> layers) {
    Checksum checksum = new Checksum();
    checksum.text("logitflow-weights-1\n");
    checksum.present(normaliser.isPresent());
    normaliser.ifPresent(
        present -> {
          checksum.tensor(present.mean());
          checksum.tensor(present.scale());
        });
    checksum.number(layers.size());
    for (LinearLayer layer : layers) {
      checksum.text("linear\n");
      checksum.tensor(layer.weight());
      checksum.present(layer.bias().isPresent());
      layer.bias().ifPresent(checksum::tensor);
    }
    checksum.text("softmax\n");
    return checksum.digest.digest();
  }

  private void text(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private void present(boolean present) {
    digest.update((byte) (present ? 1 : 0));
  }

  private void number(int number) {
    digest.update(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(0, number));
  }

  private void tensor(Tensor tensor) {
    digest.update(
        (byte)
            switch (tensor.elementType()) {
              case FLOAT32 -> 1;
              case FLOAT64 -> 2;
            });
    number(tensor.rank());
    for (int dimension = 0; dimension < tensor.rank(); dimension++) {
      number(tensor.length(dimension));
    }
    digest.update(tensor.bytes());
  }
}
