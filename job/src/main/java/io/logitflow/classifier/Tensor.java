package io.logitflow.classifier;

import static java.util.stream.Collectors.joining;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An immutable dense array of numbers, row-major.
 *
 * <p>It keeps the bytes it came with, in the element type it came in, so that a model that goes
 * through several file formats keeps its checksum.
 */
public final class Tensor {

  /** IEEE 754 binary32 or binary64, or a signed 32-bit integer. */
  public enum ElementType {
    FLOAT32(Float.BYTES),
    FLOAT64(Double.BYTES),
    INT32(Integer.BYTES);

    private final int size;

    ElementType(int size) {
      this.size = size;
    }

    /** Size of an element in bytes. */
    public int size() {
      return size;
    }
  }

  private final ElementType elementType;
  private final int[] shape;
  private final byte[] littleEndian;

  private Tensor(ElementType elementType, int[] shape, byte[] littleEndian) {
    this.elementType = elementType;
    this.shape = shape;
    this.littleEndian = littleEndian;
  }

  /**
   * A tensor over bytes from outside.
   *
   * @param where what the tensor is and where it came from, for errors
   * @param shape length of each dimension, outermost first
   * @param littleEndian the elements in row-major order, little-endian
   * @throws InvalidModelException if the number of bytes is not that of the shape, or a length is
   *     below 1
   */
  public static Tensor of(String where, ElementType elementType, int[] shape, byte[] littleEndian)
      throws InvalidModelException {
    long bytes = elementType.size();
    for (int length : shape) {
      if (length < 1) {
        throw new InvalidModelException(
            "%s: length %d in shape %s, expected at least 1"
                .formatted(where, length, Arrays.toString(shape)));
      }
      // Never overflows: beyond the bytes that are there, the exact product does not matter.
      bytes = Math.min(bytes * length, Integer.MAX_VALUE + 1L);
    }
    if (bytes != littleEndian.length) {
      throw new InvalidModelException(
          "%s: %d bytes of values, expected %s for %s of shape %s"
              .formatted(
                  where,
                  littleEndian.length,
                  bytes > Integer.MAX_VALUE ? "more than 2 GiB" : String.valueOf(bytes),
                  elementType,
                  Arrays.toString(shape)));
    }
    return new Tensor(elementType, shape.clone(), littleEndian.clone());
  }

  /**
   * A float32 tensor.
   *
   * @throws IllegalArgumentException if the number of values is not that of the shape
   */
  public static Tensor float32(float[] values, int... shape) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    littleEndian(bytes).asFloatBuffer().put(values);
    return checked(ElementType.FLOAT32, shape, bytes);
  }

  /**
   * A float64 tensor.
   *
   * @throws IllegalArgumentException if the number of values is not that of the shape
   */
  public static Tensor float64(double[] values, int... shape) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Double.BYTES)];
    littleEndian(bytes).asDoubleBuffer().put(values);
    return checked(ElementType.FLOAT64, shape, bytes);
  }

  /**
   * A tensor of integers.
   *
   * @throws IllegalArgumentException if the number of values is not that of the shape
   */
  public static Tensor int32(int[] values, int... shape) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Integer.BYTES)];
    littleEndian(bytes).asIntBuffer().put(values);
    return checked(ElementType.INT32, shape, bytes);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Tensor checked(ElementType elementType, int[] shape, byte[] bytes) {
    try {
      return of("tensor", elementType, shape, bytes);
    } catch (InvalidModelException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Type of the elements. */
  public ElementType elementType() {
    return elementType;
  }

  /** Number of dimensions. */
  public int rank() {
    return shape.length;
  }

  /** Length of a dimension, 0 being the outermost. */
  public int length(int dimension) {
    return shape[dimension];
  }

  /** Number of elements. */
  public int size() {
    return littleEndian.length / elementType.size();
  }

  /** The shape as text, e.g. {@code [10, 784]}. */
  public String shapeText() {
    return Arrays.stream(shape).mapToObj(String::valueOf).collect(joining(", ", "[", "]"));
  }

  /** The elements in row-major order, exact in float64. */
  public double[] toDoubles() {
    double[] values = new double[size()];
    ByteBuffer bytes = bytes();
    switch (elementType) {
      case FLOAT32 -> Arrays.setAll(values, i -> bytes.getFloat(i * Float.BYTES));
      case FLOAT64 -> bytes.asDoubleBuffer().get(values);
      case INT32 -> Arrays.setAll(values, i -> bytes.getInt(i * Integer.BYTES));
    }
    return values;
  }

  /**
   * The elements of a tensor of integers.
   *
   * @throws IllegalStateException if they are not {@link ElementType#INT32}
   */
  public int[] toInts() {
    if (elementType != ElementType.INT32) {
      throw new IllegalStateException("a tensor of " + elementType + " has no integers");
    }
    int[] values = new int[size()];
    bytes().asIntBuffer().get(values);
    return values;
  }

  /** The elements in row-major order, little-endian: a read-only view. */
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(littleEndian).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && elementType == that.elementType
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(littleEndian, that.littleEndian);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(littleEndian);
  }

  @Override
  public String toString() {
    return elementType + shapeText();
  }
}
