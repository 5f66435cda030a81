package io.logitflow.scoring;

import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.ModelKey;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the models topic says of one model up to now: its versions, and which of them each alias
 * names.
 */
final class ModelTimeline {

  private final Map<Long, ConsumedRecord> versions = new HashMap<>();
  private final Map<String, Long> aliases = new HashMap<>();

  /** Notes a version; a record without a value deletes it. */
  void version(ModelKey.Version key, ConsumedRecord record) {
    if (record.value() == null) {
      versions.remove(key.version());
    } else {
      versions.put(key.version(), record);
    }
  }

  /** Notes where an alias points; empty: it is removed. */
  void alias(ModelKey.Alias key, OptionalLong version) {
    if (version.isPresent()) {
      aliases.put(key.alias(), version.getAsLong());
    } else {
      aliases.remove(key.alias());
    }
  }

  /** The version that an alias names. */
  OptionalLong named(String alias) {
    Long version = aliases.get(alias);
    return version == null ? OptionalLong.empty() : OptionalLong.of(version);
  }

  /** The record of a version, with its container as value; null if there is none. */
  ConsumedRecord version(long version) {
    return versions.get(version);
  }
}
