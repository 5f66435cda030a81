package io.logitflow.modelfile.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A tensor that does not depend on the features: floating-point numbers, or integers of 64 bits.
 *
 * @param name for errors
 * @param shape length of each dimension; empty for a number
 * @param numbers if they are floating-point
 * @param integers if they are integers, row-major
 */
record Constant(
    String name, List<Integer> shape, Optional<Tensor> numbers, Optional<long[]> integers) {

  static Constant of(String name, Tensor numbers) {
    Integer[] shape = new Integer[numbers.rank()];
    Arrays.setAll(shape, numbers::length);
    return new Constant(name, List.of(shape), Optional.of(numbers), Optional.empty());
  }

  static Constant of(String name, long[] integers, List<Integer> shape) {
    return new Constant(name, shape, Optional.empty(), Optional.of(integers));
  }

  /**
   * Reads a tensor that has {@linkplain TensorChecks passed its checks}; empty if it is of another
   * type, or has no elements.
   */
  static Optional<Constant> of(String name, TensorProto tensor) throws InvalidModelException {
    if (tensor.getDimsList().stream().anyMatch(length -> length == 0)) {
      return Optional.empty();
    }
    int[] shape = tensor.getDimsList().stream().mapToInt(Math::toIntExact).toArray();
    String where = "tensor \"%s\"".formatted(name);
    return switch (TensorProto.DataType.forNumber(tensor.getDataType())) {
      case FLOAT ->
          Optional.of(
              of(name, Tensor.of(where, Tensor.ElementType.FLOAT32, shape, floats(tensor))));
      case DOUBLE ->
          Optional.of(
              of(name, Tensor.of(where, Tensor.ElementType.FLOAT64, shape, doubles(tensor))));
      case INT64 -> Optional.of(of(name, integers(tensor), Arrays.stream(shape).boxed().toList()));
      default -> Optional.empty();
    };
  }

  private static byte[] floats(TensorProto tensor) {
    if (tensor.hasRawData()) {
      return tensor.getRawData().toByteArray();
    }
    byte[] bytes = new byte[Math.multiplyExact(tensor.getFloatDataCount(), Float.BYTES)];
    tensor.getFloatDataList().forEach(littleEndian(bytes)::putFloat);
    return bytes;
  }

  private static byte[] doubles(TensorProto tensor) {
    if (tensor.hasRawData()) {
      return tensor.getRawData().toByteArray();
    }
    byte[] bytes = new byte[Math.multiplyExact(tensor.getDoubleDataCount(), Double.BYTES)];
    tensor.getDoubleDataList().forEach(littleEndian(bytes)::putDouble);
    return bytes;
  }

  private static long[] integers(TensorProto tensor) {
    if (!tensor.hasRawData()) {
      return tensor.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
    }
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long[] integers = new long[raw.remaining() / Long.BYTES];
    raw.asLongBuffer().get(integers);
    return integers;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Number of elements. */
  int size() {
    return numbers.map(Tensor::size).orElseGet(() -> integers.orElseThrow().length);
  }

  /** The same elements in another shape of as many. */
  Constant reshaped(List<Integer> newShape) throws InvalidModelException {
    if (numbers.isEmpty()) {
      return of(name, integers.orElseThrow(), newShape);
    }
    byte[] bytes = new byte[numbers.get().bytes().remaining()];
    numbers.get().bytes().get(bytes);
    int[] lengths = newShape.stream().mapToInt(Integer::intValue).toArray();
    return of(
        name,
        Tensor.of("tensor \"%s\"".formatted(name), numbers.get().elementType(), lengths, bytes));
  }

  /** Rows and columns swapped, in the same element type. */
  static Tensor transposed(Tensor matrix) {
    int rows = matrix.length(0);
    int columns = matrix.length(1);
    int size = matrix.elementType().size();
    ByteBuffer from = matrix.bytes();
    byte[] to = new byte[from.remaining()];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        from.get((row * columns + column) * size, to, (column * rows + row) * size, size);
      }
    }
    try {
      return Tensor.of("transposed", matrix.elementType(), new int[] {columns, rows}, to);
    } catch (InvalidModelException e) {
      throw new IllegalStateException(e);
    }
  }
}
