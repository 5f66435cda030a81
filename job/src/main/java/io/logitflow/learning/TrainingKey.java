package io.logitflow.learning;

import io.logitflow.training.sample.SampleRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Names a training, so that one that is done again after a failure finds the version that it has
 * made. The same options at the same point of the stream are the same training; at the end of the
 * input, the same options and rows.
 */
final class TrainingKey {

  /** Detail of the provenance that holds it. */
  static final String DETAIL = "training.key";

  private static final int LENGTH = 16;

  private TrainingKey() {}

  static String of(TrainingSettings settings, TrainingOrder order, List<SampleRow> rows) {
    MessageDigest digest = sha256();
    String options =
        String.join(
            "|",
            settings.model(),
            settings.featuresTopic(),
            settings.labelsTopic(),
            settings.maturity().toString(),
            settings.sample().toString(),
            settings.trainer().describe());
    digest.update(options.getBytes(StandardCharsets.UTF_8));
    if (order.isAtEnd()) {
      ByteBuffer hashes = ByteBuffer.allocate(Math.multiplyExact(2 * Long.BYTES, rows.size()));
      rows.forEach(row -> hashes.putLong(row.hash()).putLong(row.time()));
      digest.update(hashes.flip());
    } else {
      digest.update(
          ByteBuffer.allocate(2 * Long.BYTES).putLong(order.number()).putLong(order.time()).flip());
    }
    return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), LENGTH));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
