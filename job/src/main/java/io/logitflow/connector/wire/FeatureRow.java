package io.logitflow.connector.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A row of a micro-batch: the features go into the batch's arena, id and segment stay in the bytes
 * of the record that they came in. Written again and again; a row is valid until it is decoded into
 * next.
 */
public final class FeatureRow {

  private static final byte[] NONE = new byte[0];

  private final FeatureArena arena;
  private final int number;

  private byte[] idSource = NONE;
  private int idFrom;
  private int idLength;
  private byte[] idBytes;
  private long time;
  private byte[] segmentBytes = NONE;
  private int segmentFrom;
  private int segmentLength;

  /**
   * Creates a row of an arena.
   *
   * @param arena arena
   * @param number number of the row, from 0
   */
  public FeatureRow(FeatureArena arena, int number) {
    this.arena = arena;
    this.number = number;
  }

  FeatureArena arena() {
    return arena;
  }

  void begin() {
    idLength = 0;
    segmentLength = -1;
    arena.begin(number);
  }

  void id(byte[] bytes, int from, int length) {
    idSource = bytes;
    idFrom = from;
    idLength = length;
    idBytes = null;
  }

  void time(long millis) {
    time = millis;
  }

  void segment(byte[] bytes, int from, int length) {
    segmentBytes = bytes;
    segmentFrom = from;
    segmentLength = length;
  }

  /** Lets go of the record, so that its bytes are not kept alive. */
  public void release() {
    idSource = NONE;
    idBytes = null;
    segmentBytes = NONE;
  }

  /** Event time in ms since the epoch. */
  public long time() {
    return time;
  }

  /** The id in UTF-8, in an array of its own that the predictions of all models share. */
  public byte[] idBytes() {
    if (idBytes == null) {
      idBytes = Arrays.copyOfRange(idSource, idFrom, idFrom + idLength);
    }
    return idBytes;
  }

  /** 64 bits that depend on the id only, the same on every machine (FNV-1a). */
  public long idHash() {
    long hash = 0xcbf29ce484222325L;
    for (int i = idFrom; i < idFrom + idLength; i++) {
      hash = (hash ^ (idSource[i] & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  /** The id. */
  public String id() {
    return new String(idSource, idFrom, idLength, StandardCharsets.UTF_8);
  }

  /** The segment, or null. */
  public String segment() {
    return segmentLength < 0
        ? null
        : new String(segmentBytes, segmentFrom, segmentLength, StandardCharsets.UTF_8);
  }

  int idLength() {
    return idLength;
  }

  int segmentLength() {
    return segmentLength;
  }

  int putId(byte[] target, int to) {
    System.arraycopy(idSource, idFrom, target, to, idLength);
    return to + idLength;
  }

  int putSegment(byte[] target, int to) {
    System.arraycopy(segmentBytes, segmentFrom, target, to, segmentLength);
    return to + segmentLength;
  }
}
