package io.logitflow.job;

import io.logitflow.classifier.Model;
import io.logitflow.config.ReplayConfig;
import io.logitflow.connector.AliasAssignment;
import io.logitflow.connector.DecisionTopic;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.timeline.ChampionHistory;
import io.logitflow.timeline.CurrentChampion;
import io.logitflow.timeline.Reign;
import io.logitflow.timeline.Timeline;
import io.logitflow.timeline.VersionFacts;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who was the champion when, by the decisions and by what the models topic still holds.
 *
 * @param timeline the timeline
 * @param decisions what it is made of
 */
public record ChampionTimeline(Timeline timeline, DecisionTopic.Content decisions) {

  /** Aliases that moved in one transaction were changed within this time. */
  private static final Duration ONE_TRANSACTION = Duration.ofSeconds(1);

  /**
   * Reads the decisions.
   *
   * @throws ModelTopicException if the broker does not answer, or nobody is known to have been the
   *     champion at any time
   */
  static ChampionTimeline of(ReplayConfig config, ModelCatalogue catalogue)
      throws ModelTopicException {
    DecisionTopic.Content decisions;
    try (DecisionTopic topic =
        new DecisionTopic(
            config.kafka().bootstrapServers(),
            config.topics().decisions(),
            config.kafka().connection())) {
      decisions = topic.read(config.model());
    }
    Timeline timeline =
        ChampionHistory.of(
            decisions.decisions(),
            champion(catalogue, config.model()),
            versions(catalogue, config.model()));
    if (!timeline.hasChampion()) {
      throw new ModelTopicException(
          "Neither topic '%s' nor topic '%s' tells of a champion of model '%s'"
              .formatted(config.topics().decisions(), config.topics().models(), config.model()));
    }
    return new ChampionTimeline(timeline, decisions);
  }

  /** What is known of the versions that there are. */
  private static Map<Long, VersionFacts> versions(ModelCatalogue catalogue, String model) {
    Map<Long, VersionFacts> facts = new TreeMap<>();
    for (Model version : catalogue.versions(model).values()) {
      facts.put(
          version.version(),
          new VersionFacts(
              version.createdAt().toEpochMilli(),
              HexFormat.of().formatHex(version.weightsChecksum())));
    }
    return facts;
  }

  private static Optional<CurrentChampion> champion(ModelCatalogue catalogue, String model) {
    AliasAssignment champion = catalogue.aliases(model).get(ModelKey.CHAMPION);
    if (champion == null) {
      return Optional.empty();
    }
    AliasAssignment previous = catalogue.aliases(model).get(ModelKey.PREVIOUS);
    boolean together =
        previous != null
            && Duration.between(previous.changedAt(), champion.changedAt())
                    .abs()
                    .compareTo(ONE_TRANSACTION)
                <= 0;
    return Optional.of(
        new CurrentChampion(
            champion.version(),
            champion.changedAt().toEpochMilli(),
            together ? previous.version() : Reign.NOBODY_KNOWN,
            champion.changedBy(),
            champion.reason()));
  }

  /** What the report says of its source, by name. */
  Map<String, String> details() {
    Map<String, String> details = new TreeMap<>();
    details.put("decisions", Integer.toString(decisions.decisions().size()));
    if (!decisions.problems().isEmpty()) {
      details.put(
          "decisionsPassedOver",
          "%d, the first one: %s"
              .formatted(decisions.problems().size(), decisions.problems().get(0)));
    }
    return details;
  }
}
