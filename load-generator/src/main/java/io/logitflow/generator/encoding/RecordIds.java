package io.logitflow.generator.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Record ids in UTF-8: {@code <data set>-<pass>-<row>}, or the data set's own id, with the pass
 * behind it from the second pass on so that ids stay unique. Not thread-safe.
 */
public final class RecordIds {
  private final String dataset;
  private long pass = -1;
  private byte[] prefix = {};

  /** Makes ids of a data set. */
  public RecordIds(String dataset) {
    this.dataset = dataset;
  }

  /**
   * The id of a row.
   *
   * @param ownId id of the row in its source; null if it has none
   */
  public byte[] id(long rowPass, int row, String ownId) {
    if (ownId != null) {
      String unique = rowPass == 0 ? ownId : ownId + "-" + rowPass;
      return unique.getBytes(StandardCharsets.UTF_8);
    }
    if (rowPass != pass) {
      pass = rowPass;
      prefix = (dataset + "-" + pass + "-").getBytes(StandardCharsets.UTF_8);
    }
    int digits = 1;
    for (long limit = 10; row >= limit; limit *= 10) {
      digits++;
    }
    byte[] id = Arrays.copyOf(prefix, prefix.length + digits);
    int rest = row;
    for (int i = id.length - 1; i >= prefix.length; i--) {
      id[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return id;
  }
}
