package io.logitflow.label;

/**
 * A hash of a record id that decides on samples: the same in every run, so that a replay samples
 * the same records.
 */
public final class RecordHash {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private RecordHash() {}

  /** FNV-1a over the UTF-16 units of the id, then the finalizer of MurmurHash3. */
  public static long of(String recordId) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < recordId.length(); i++) {
      hash = (hash ^ recordId.charAt(i)) * FNV_PRIME;
    }
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    hash *= 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
