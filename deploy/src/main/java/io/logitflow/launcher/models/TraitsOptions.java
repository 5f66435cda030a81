package io.logitflow.launcher.models;

import io.logitflow.modelfile.StatedTraits;
import io.logitflow.modelfile.StatedTraits.Yields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what an ONNX or TorchScript file may not say itself. */
final class TraitsOptions {

  @Option(
      names = "--input-shape",
      paramLabel = "N,N,...",
      description =
          "TorchScript, and ONNX without it: shape of one record as the network takes it, e.g."
              + " 1,28,28.")
  private String inputShape;

  @Option(
      names = "--yields",
      paramLabel = "WHAT",
      description =
          "TorchScript, and ONNX where it is not clear: what comes out, ${COMPLETION-CANDIDATES}.")
  private Yields yields;

  @Option(
      names = "--multi-label",
      description =
          "TorchScript, and ONNX that ends with logits: a record may have several labels, each with"
              + " a probability of its own (sigmoid), instead of one.")
  private boolean multiLabel;

  boolean areGiven() {
    return inputShape != null || yields != null || multiLabel;
  }

  StatedTraits stated() throws IOException {
    return new StatedTraits(shape(), Optional.ofNullable(yields), multiLabel);
  }

  private Optional<List<Integer>> shape() throws IOException {
    if (inputShape == null) {
      return Optional.empty();
    }
    List<Integer> shape = new ArrayList<>();
    for (String length : inputShape.split(",", -1)) {
      if (!length.strip().matches("[1-9]\\d{0,8}")) {
        throw new IOException(
            "--input-shape is %s, expected lengths of at least 1 with commas between, e.g. 1,28,28"
                .formatted(inputShape));
      }
      shape.add(Integer.valueOf(length.strip()));
    }
    return Optional.of(shape);
  }
}
