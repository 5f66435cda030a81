package io.logitflow.generator.dataset;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * A file in the IDX format with unsigned bytes: the magic number {@code 00 00 08 n}, n dimensions
 * as big-endian int32, then the values in row-major order. Format:
 * https://github.com/zalandoresearch/fashion-mnist and http://yann.lecun.com/exdb/mnist.
 */
final class IdxFile {
  private static final int UNSIGNED_BYTES = 0x00000800;

  private final int[] dimensions;
  private final byte[] values;

  private IdxFile(int[] dimensions, byte[] values) {
    this.dimensions = dimensions;
    this.values = values;
  }

  /** Length of a dimension, outermost first. */
  int dimension(int index) {
    return dimensions[index];
  }

  /** One byte each, unsigned; not a copy. */
  byte[] values() {
    return values;
  }

  /**
   * Reads a file and refuses what is not one. Memory follows what the file really holds, not what
   * its header says.
   *
   * @param rank number of dimensions that is expected
   */
  static IdxFile read(Source source, int rank) throws DatasetException {
    try (DataInputStream in = new DataInputStream(source.open())) {
      int magic = in.readInt();
      if (magic != UNSIGNED_BYTES + rank) {
        throw new DatasetException(
            String.format(
                "%s: magic number 0x%08X, expected 0x%08X (IDX, unsigned bytes, %d dimensions)",
                source.name(), magic, UNSIGNED_BYTES + rank, rank));
      }
      int[] dimensions = new int[rank];
      long size = 1;
      for (int i = 0; i < rank; i++) {
        dimensions[i] = in.readInt();
        if (dimensions[i] < 1 || (size *= dimensions[i]) > Integer.MAX_VALUE - 8) {
          throw new DatasetException(
              source.name()
                  + ": dimensions "
                  + Arrays.toString(Arrays.copyOf(dimensions, i + 1))
                  + ", expected at least 1 each and less than 2 GiB together");
        }
      }
      byte[] values = in.readNBytes((int) size);
      if (values.length < size) {
        throw new DatasetException(
            source.name() + ": ends after " + values.length + " of " + size + " values");
      }
      if (in.read() >= 0) {
        throw new DatasetException(
            source.name()
                + ": goes on after the "
                + size
                + " values that its header announces: "
                + Arrays.toString(dimensions));
      }
      return new IdxFile(dimensions, values);
    } catch (EOFException e) {
      throw new DatasetException(source.name() + ": ends within its header or packed data", e);
    } catch (IOException e) {
      throw new DatasetException(source.name() + " cannot be read: " + e.getMessage(), e);
    }
  }
}
