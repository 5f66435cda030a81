package io.logitflow.connector;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Consecutive records of one partition, in the order of their offsets: what goes through the
 * dataflow in one piece. Keys and values stay where Kafka's consumer received them; a run says
 * where that is. Immutable, and so are the bytes by agreement. It keeps the buffers alive that its
 * records came in, so nobody keeps a run for long.
 */
public final class RecordRun {

  /**
   * Most records of a run. Longer runs cost no less per record, and nothing else happens on the
   * task thread, a barrier or a model swap, before a run is through.
   */
  public static final int MAX_SIZE = 512;

  /** Length of a key or value that is null. */
  public static final int NULL = -1;

  private final String topic;
  private final int partition;
  private final int size;
  private final long maxTimestamp;

  /** Offset and Kafka timestamp of each record. */
  private final long[] places;

  /** The array that the key and the one that the value of each record is in. */
  private final byte[][] arrays;

  /** Begin and length of the key and of the value of each record. */
  private final int[] bounds;

  private RecordRun(Builder from) {
    this.topic = from.topic;
    this.partition = from.partition;
    this.size = from.size;
    this.maxTimestamp = from.maxTimestamp;
    this.places = from.places;
    this.arrays = from.arrays;
    this.bounds = from.bounds;
  }

  /** Topic of all records. */
  public String topic() {
    return topic;
  }

  /** Partition of all records. */
  public int partition() {
    return partition;
  }

  /** Number of records, at least 1. */
  public int size() {
    return size;
  }

  /** Offset of the last record. */
  public long lastOffset() {
    return places[2 * size - 2];
  }

  /** Greatest Kafka timestamp of the records, in ms since the epoch. */
  public long maxTimestamp() {
    return maxTimestamp;
  }

  /** Kafka timestamp of a record in ms since the epoch. */
  public long timestamp(int index) {
    return places[2 * index + 1];
  }

  /** The array that the value of a record is in, among others; null if the value is. */
  public byte[] valueArray(int index) {
    return arrays[2 * index + 1];
  }

  /** Where the value of a record begins in its array. */
  public int valueFrom(int index) {
    return bounds[4 * index + 2];
  }

  /** Length of the value of a record, or {@link #NULL} for a tombstone. */
  public int valueLength(int index) {
    return bounds[4 * index + 3];
  }

  /** A record with copies of its key and value. */
  public ConsumedRecord record(int index) {
    return new ConsumedRecord(
        topic,
        partition,
        places[2 * index],
        timestamp(index),
        copy(arrays[2 * index], bounds[4 * index], bounds[4 * index + 1]),
        copy(valueArray(index), valueFrom(index), valueLength(index)));
  }

  private static byte[] copy(byte[] array, int from, int length) {
    return length == NULL ? null : Arrays.copyOfRange(array, from, from + length);
  }

  /** Collects the records of a run. */
  public static final class Builder {

    private static final int INITIAL_CAPACITY = 16;

    private final String topic;
    private final int partition;
    private int size;
    private long maxTimestamp = Long.MIN_VALUE;
    private long[] places = new long[2 * INITIAL_CAPACITY];
    private byte[][] arrays = new byte[2 * INITIAL_CAPACITY][];
    private int[] bounds = new int[4 * INITIAL_CAPACITY];

    /** Begins a run. */
    public Builder(String topic, int partition) {
      this.topic = topic;
      this.partition = partition;
    }

    /**
     * Adds the next record.
     *
     * @param offset offset, above that of the record before
     * @param timestamp Kafka timestamp in ms since the epoch
     * @param key key, or null; an array-backed buffer is not copied
     * @param value value, or null; an array-backed buffer is not copied
     */
    public Builder add(long offset, long timestamp, ByteBuffer key, ByteBuffer value) {
      if (2 * size == places.length) {
        places = Arrays.copyOf(places, 2 * places.length);
        arrays = Arrays.copyOf(arrays, 2 * arrays.length);
        bounds = Arrays.copyOf(bounds, 2 * bounds.length);
      }
      places[2 * size] = offset;
      places[2 * size + 1] = timestamp;
      put(2 * size, key);
      put(2 * size + 1, value);
      maxTimestamp = Math.max(maxTimestamp, timestamp);
      size++;
      return this;
    }

    private void put(int at, ByteBuffer buffer) {
      if (buffer == null) {
        bounds[2 * at + 1] = NULL;
        return;
      }
      ByteBuffer onHeap = buffer.hasArray() ? buffer : copy(buffer);
      arrays[at] = onHeap.array();
      bounds[2 * at] = onHeap.arrayOffset() + onHeap.position();
      bounds[2 * at + 1] = onHeap.remaining();
    }

    private static ByteBuffer copy(ByteBuffer buffer) {
      return ByteBuffer.allocate(buffer.remaining()).put(buffer.duplicate()).flip();
    }

    /** Whether the run has no room for a further record. */
    public boolean isFull() {
      return size == MAX_SIZE;
    }

    /** Whether there is no record yet. */
    public boolean isEmpty() {
      return size == 0;
    }

    /**
     * The run. The builder is of no use any more.
     *
     * @throws IllegalStateException if there is no record
     */
    public RecordRun build() {
      if (isEmpty()) {
        throw new IllegalStateException("A run of " + topic + "-" + partition + " without records");
      }
      return new RecordRun(this);
    }
  }
}
