package io.logitflow.scoring;

import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.ModelKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the models topic says of one model up to now: its versions, and which of them each alias
 * names.
 */
final class ModelTimeline {

  private final Map<Long, ConsumedRecord> versions = new HashMap<>();
  private final Map<String, Named> aliases = new HashMap<>();

  /**
   * What an alias names.
   *
   * @param version number of the version, which need not exist
   * @param record the record that says so
   */
  record Named(long version, ConsumedRecord record) {}

  /** Notes a version; a record without a value deletes it. */
  void version(ModelKey.Version key, ConsumedRecord record) {
    if (record.value() == null) {
      versions.remove(key.version());
    } else {
      versions.put(key.version(), record);
    }
  }

  /** Notes what an alias names; null: it is removed. */
  void alias(ModelKey.Alias key, Named named) {
    if (named == null) {
      aliases.remove(key.alias());
    } else {
      aliases.put(key.alias(), named);
    }
  }

  /** The aliases that name something. */
  Set<String> aliases() {
    return Collections.unmodifiableSet(aliases.keySet());
  }

  /** What an alias names; null if it names nothing. */
  Named named(String alias) {
    return aliases.get(alias);
  }

  /** The record of a version, with its container as value; null if there is none. */
  ConsumedRecord version(long version) {
    return versions.get(version);
  }
}
