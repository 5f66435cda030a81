package io.logitflow.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files that PyTorch wrote, and what they must give. */
final class ModelFiles {

  private ModelFiles() {}

  /** The bytes of a file; the README beside the files says where they come from. */
  static byte[] bytes(String name) {
    try (InputStream file =
        ModelFiles.class.getResourceAsStream("/io/logitflow/classifier/files/" + name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
