package io.logitflow.launcher.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Kinds of files that hold a model. */
enum FileKind {
  /** Our own: an Avro record in single-object encoding. */
  CONTAINER("avro"),
  /** The state of an {@code nn.Linear} or {@code nn.Sequential}. */
  SAFETENSORS("safetensors"),
  /** A graph of operators. It does not begin in a way of its own. */
  ONNX("onnx"),
  /** What {@code torch.jit.save} writes: a zip archive. */
  TORCHSCRIPT("pt|pth|ts|torchscript");

  private static final int BEGINNING = 9;

  private final String extensions;

  /**
   * A kind.
   *
   * @param extensions a regular expression
   */
  FileKind(String extensions) {
    this.extensions = extensions;
  }

  /** Whether a user may have to say what goes in and comes out. */
  boolean takesTraits() {
    return this == ONNX || this == TORCHSCRIPT;
  }

  /**
   * The kind of a file by the end of its name, or else by how it begins.
   *
   * @throws IOException if neither tells
   */
  static FileKind of(Path file) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    for (FileKind kind : values()) {
      if (name.matches(".*\\.(" + kind.extensions + ")")) {
        return kind;
      }
    }
    return byBeginning(file)
        .orElseThrow(
            () ->
                new IOException(
                    ("%s: the name of a model file ends in .safetensors, .onnx, .pt (TorchScript)"
                            + " or .avro")
                        .formatted(file)));
  }

  private static Optional<FileKind> byBeginning(Path file) throws IOException {
    byte[] beginning;
    try (InputStream in = Files.newInputStream(file)) {
      beginning = in.readNBytes(BEGINNING);
    }
    if (beginning.length < BEGINNING) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(beginning).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getInt(0) == 0x04034b50) {
      return Optional.of(TORCHSCRIPT);
    }
    if (bytes.getShort(0) == 0x01c3) {
      return Optional.of(CONTAINER);
    }
    boolean isHeaderLength = bytes.getLong(0) >= 2 && bytes.getLong(0) <= Files.size(file);
    return isHeaderLength && beginning[Long.BYTES] == '{'
        ? Optional.of(SAFETENSORS)
        : Optional.empty();
  }
}
