package io.logitflow.feedback;

import io.logitflow.connector.ModelTopicException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Aliases in memory. The weights of version v are those of version v % 10. */
final class TestingCandidates implements Candidates {

  /** Version by alias; shared by all operators of a test, as the models topic is. */
  private final Map<String, Long> aliases = new TreeMap<>();

  private final List<String> changes = new ArrayList<>();
  private String refusal = "";

  Candidates.Factory factory() {
    return () -> this;
  }

  void alias(String alias, long version) {
    aliases.put(alias, version);
  }

  void withoutAlias(String alias) {
    aliases.remove(alias);
  }

  /** From now on promotions are refused; empty: not any more. */
  void refuse(String reason) {
    refusal = reason;
  }

  List<String> changes() {
    return changes;
  }

  Map<String, Long> aliases() {
    return aliases;
  }

  @Override
  public String weights(long version) {
    return "w" + version % 10;
  }

  @Override
  public Standing standing(long version) {
    Long champion = aliases.get("champion");
    return new Standing(
        champion == null ? OptionalLong.empty() : OptionalLong.of(champion),
        aliases.entrySet().stream()
            .filter(alias -> alias.getValue() == version)
            .map(Map.Entry::getKey)
            .toList());
  }

  @Override
  public void replace(long before, long version, String reason) throws ModelTopicException {
    if (!refusal.isEmpty()) {
      throw new ModelTopicException(refusal);
    }
    if (aliases.get("champion") != before) {
      throw new ModelTopicException("version " + before + " is not the champion any more");
    }
    changes.add("promote " + version);
    aliases.values().removeIf(named -> named == version);
    aliases.put("previous", aliases.get("champion"));
    aliases.put("champion", version);
  }

  @Override
  public void removeAlias(String alias) {
    changes.add("remove " + alias);
    aliases.remove(alias);
  }

  @Override
  public void close() {}
}
