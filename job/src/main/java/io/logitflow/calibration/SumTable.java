package io.logitflow.calibration;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A table of counts and exact sums of which few rows are used: {@code [rows][counts + reals]}, kept
 * in pages of {@value #PAGE_ROWS} rows that are made when first written to. A row of zeros equals a
 * row that was never touched.
 */
final class SumTable {

  /** Rows per page. */
  static final int PAGE_ROWS = 16;

  private final int rows;
  private final int counts;
  private final int reals;
  private final int width;
  private final long[][] pages;

  /** Creates a table of zeros whose rows have some counts, then some sums of real numbers. */
  SumTable(int rows, int counts, int reals) {
    this.rows = rows;
    this.counts = counts;
    this.reals = reals;
    this.width = counts + FixedPoint.WORDS * reals;
    this.pages = new long[(rows + PAGE_ROWS - 1) / PAGE_ROWS][];
  }

  int rowCount() {
    return rows;
  }

  long count(int row, int column) {
    long[] page = pages[row / PAGE_ROWS];
    return page == null ? 0 : page[start(row) + column];
  }

  double real(int row, int column) {
    long[] page = pages[row / PAGE_ROWS];
    return page == null ? 0 : FixedPoint.toDouble(page, realAt(row, column));
  }

  /** All counts of a column, {@code [rows]}. */
  long[] counts(int column) {
    return IntStream.range(0, rows).mapToLong(row -> count(row, column)).toArray();
  }

  void addCount(int row, int column, long delta) {
    page(row)[start(row) + column] += delta;
  }

  void addReal(int row, int column, double addend) {
    FixedPoint.add(page(row), realAt(row, column), addend);
  }

  byte[] unscaled(int row, int column) {
    long[] page = pages[row / PAGE_ROWS];
    return page == null ? new byte[1] : FixedPoint.toBytes(page, realAt(row, column));
  }

  void setUnscaled(int row, int column, byte[] unscaled) {
    FixedPoint.fromBytes(unscaled, page(row), realAt(row, column));
  }

  /** Indices of the rows that are not all zeros, ascending. */
  int[] usedRows() {
    return IntStream.range(0, rows).filter(this::isUsed).toArray();
  }

  boolean isEmpty() {
    return IntStream.range(0, rows).noneMatch(this::isUsed);
  }

  /** Adds a table of the same shape, which stays as it is. */
  void merge(SumTable other) {
    for (int p = 0; p < pages.length; p++) {
      if (other.pages[p] != null) {
        mergePage(page(p * PAGE_ROWS), other.pages[p]);
      }
    }
  }

  SumTable copy() {
    SumTable copy = new SumTable(rows, counts, reals);
    for (int p = 0; p < pages.length; p++) {
      copy.pages[p] = pages[p] == null ? null : pages[p].clone();
    }
    return copy;
  }

  /** Writes the used rows: how many, then for each the distance to the last one and its columns. */
  void write(DataOutput out) throws IOException {
    int[] used = usedRows();
    CompactNumbers.writeLong(out, used.length);
    int last = -1;
    for (int row : used) {
      CompactNumbers.writeLong(out, row - last - 1L);
      last = row;
      long[] page = page(row);
      for (int column = 0; column < counts; column++) {
        CompactNumbers.writeLong(out, page[start(row) + column]);
      }
      for (int column = 0; column < reals; column++) {
        CompactNumbers.writeSum(out, page, realAt(row, column));
      }
    }
  }

  /** Reads into a table of zeros what {@link #write} wrote of a table of the same shape. */
  void readInto(DataInput in) throws IOException {
    int used = CompactNumbers.readIndex(in, rows, "number of rows");
    int last = -1;
    for (int i = 0; i < used; i++) {
      int row = last + 1 + CompactNumbers.readIndex(in, rows - last - 2, "distance of rows");
      last = row;
      long[] page = page(row);
      for (int column = 0; column < counts; column++) {
        page[start(row) + column] = CompactNumbers.readLong(in);
      }
      for (int column = 0; column < reals; column++) {
        CompactNumbers.readSum(in, page, realAt(row, column));
      }
      if (!isUsed(row)) {
        throw new IOException("row %d holds zeros only".formatted(row));
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SumTable table
        && rows == table.rows
        && counts == table.counts
        && reals == table.reals
        && IntStream.range(0, pages.length).allMatch(p -> samePage(pages[p], table.pages[p]));
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int p = 0; p < pages.length; p++) {
      if (pages[p] != null && !isZero(pages[p])) {
        hash += 31 * p + Arrays.hashCode(pages[p]);
      }
    }
    return hash;
  }

  private void mergePage(long[] page, long[] other) {
    for (int start = 0; start < page.length; start += width) {
      for (int column = 0; column < counts; column++) {
        page[start + column] += other[start + column];
      }
      for (int at = start + counts; at < start + width; at += FixedPoint.WORDS) {
        FixedPoint.merge(page, at, other);
      }
    }
  }

  private boolean isUsed(int row) {
    long[] page = pages[row / PAGE_ROWS];
    if (page != null) {
      for (int at = start(row); at < start(row) + width; at++) {
        if (page[at] != 0) {
          return true;
        }
      }
    }
    return false;
  }

  private long[] page(int row) {
    long[] page = pages[row / PAGE_ROWS];
    if (page == null) {
      page = new long[PAGE_ROWS * width];
      pages[row / PAGE_ROWS] = page;
    }
    return page;
  }

  private int start(int row) {
    return row % PAGE_ROWS * width;
  }

  private int realAt(int row, int column) {
    return start(row) + counts + FixedPoint.WORDS * column;
  }

  private static boolean samePage(long[] left, long[] right) {
    if (left == null || right == null) {
      return isZero(left == null ? right : left);
    }
    return Arrays.equals(left, right);
  }

  private static boolean isZero(long[] page) {
    return page == null || Arrays.stream(page).allMatch(word -> word == 0);
  }
}
