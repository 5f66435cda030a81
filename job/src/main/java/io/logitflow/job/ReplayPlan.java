package io.logitflow.job;

import io.logitflow.classifier.Model;
import io.logitflow.config.ReplayConfig;
import io.logitflow.config.ReplayMode;
import io.logitflow.config.TopicNames;
import io.logitflow.config.TopicPoint;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.connector.TopicRange;
import io.logitflow.evaluation.RunDescription;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a replay reads and with which versions, fixed at the start of the run: what comes onto the
 * topics later, and aliases that move later, change nothing.
 *
 * @param ranges what is read of each topic, by its name
 * @param versions versions of the model: those to evaluate, the reference first, or all
 * @param timeline who was the champion when; empty unless that is asked of the decisions
 */
public record ReplayPlan(
    Map<String, TopicRange> ranges,
    List<NamedVersion> versions,
    Optional<ChampionTimeline> timeline) {

  /**
   * A version.
   *
   * @param name what the run calls it; may be empty
   * @param model the version
   */
  public record NamedVersion(String name, Model model) {}

  /**
   * Fixes a run.
   *
   * @throws ModelTopicException if the models topic has no such model or version, two of those that
   *     are asked for are the same, or nobody is known to have been the champion
   * @throws IOException if the broker does not answer
   */
  static ReplayPlan of(ReplayConfig config) throws IOException, ModelTopicException {
    Instant now = Instant.now();
    Map<String, TopicRange> ranges = new LinkedHashMap<>();
    TopicNames topics = config.topics();
    for (String topic : topics(config)) {
      boolean labels = topic.equals(topics.labels());
      ranges.put(
          topic,
          TopicRange.of(
              config.kafka(),
              topic,
              config.from(),
              labels ? new TopicPoint.Latest() : config.to(),
              now));
    }
    try (ModelTopic models = ModelTopic.of(config.kafka(), topics.models()).open()) {
      ModelCatalogue catalogue = models.read();
      List<NamedVersion> versions = versions(config, catalogue);
      return new ReplayPlan(
          ranges,
          versions,
          config.isByDecisions()
              ? Optional.of(ChampionTimeline.of(config, catalogue))
              : Optional.empty());
    }
  }

  /** The topics that are read from and to the bounds. */
  static List<String> topics(ReplayConfig config) {
    TopicNames topics = config.topics();
    return switch (config.mode()) {
      case AS_SERVED -> List.of(topics.features(), topics.predictions());
      case WITH_MODELS -> List.of(topics.features(), topics.labels());
      case BY_TIMELINE ->
          List.of(
              config.isByDecisions() ? topics.features() : topics.predictions(), topics.labels());
    };
  }

  private static List<NamedVersion> versions(ReplayConfig config, ModelCatalogue catalogue)
      throws ModelTopicException {
    List<NamedVersion> versions = new ArrayList<>();
    if (config.mode() != ReplayMode.WITH_MODELS) {
      catalogue.requireModel(config.model());
      if (config.isByDecisions() && catalogue.versions(config.model()).isEmpty()) {
        throw new ModelTopicException(
            "Model '%s' has no version any more to score its records with"
                .formatted(config.model()));
      }
      for (Model version : catalogue.versions(config.model()).values()) {
        versions.add(
            new NamedVersion(
                String.join(", ", catalogue.aliasesOf(config.model(), version.version())),
                version));
      }
      return versions;
    }
    Map<Long, String> asked = new TreeMap<>();
    for (String reference : config.models()) {
      Model version = catalogue.find(config.model(), reference);
      String before = asked.putIfAbsent(version.version(), reference);
      if (before != null) {
        throw new ModelTopicException(
            "'%s' and '%s' are both version %d; compare different versions"
                .formatted(before, reference, version.version()));
      }
      checkComparable(versions, version);
      versions.add(
          new NamedVersion(
              reference.equals(Long.toString(version.version())) ? "" : reference, version));
    }
    return versions;
  }

  private static void checkComparable(List<NamedVersion> versions, Model version)
      throws ModelTopicException {
    if (versions.isEmpty()) {
      return;
    }
    Model reference = versions.get(0).model();
    if (version.featureCount() != reference.featureCount()) {
      throw new ModelTopicException(
          "Version %d takes %d features, version %d takes %d; they cannot score the same records"
              .formatted(
                  version.version(),
                  version.featureCount(),
                  reference.version(),
                  reference.featureCount()));
    }
    if (!version.classNames().equals(reference.classNames())) {
      throw new ModelTopicException(
          "Version %d has the classes %s, version %d has %s; they cannot be compared"
              .formatted(
                  version.version(),
                  version.classNames(),
                  reference.version(),
                  reference.classNames()));
    }
  }

  /** How many features a record may have. */
  List<Integer> featureCounts() {
    return versions.stream().map(version -> version.model().featureCount()).distinct().toList();
  }

  /** The numbers of the versions. */
  List<Long> versionNumbers() {
    return versions.stream().map(version -> version.model().version()).toList();
  }

  /** Offsets that are read in all; not all of them need be records. */
  public long offsets() {
    return ranges.values().stream().mapToLong(TopicRange::offsets).sum();
  }

  /** What is known of the run before it starts. */
  RunDescription describe(ReplayConfig config) {
    return new RunDescription(
        config.runId(),
        config.mode().toString(),
        config.model(),
        ranges.values().stream().map(ReplayPlan::ranges).flatMap(Collection::stream).toList(),
        classNames(),
        versions.stream().map(ReplayPlan::describe).toList(),
        timeline.map(known -> known.timeline().reigns()).orElse(List.of()),
        details(config));
  }

  /** Those of the newest version. */
  private List<String> classNames() {
    return versions.isEmpty()
        ? List.of()
        : List.copyOf(versions.get(versions.size() - 1).model().classNames());
  }

  private static RunDescription.Version describe(NamedVersion version) {
    return new RunDescription.Version(
        version.model().version(),
        version.name(),
        version.model().calibrationVersion(),
        HexFormat.of().formatHex(version.model().weightsChecksum()));
  }

  private static List<RunDescription.Range> ranges(TopicRange range) {
    return range.from().entrySet().stream()
        .map(
            from ->
                new RunDescription.Range(
                    range.topic(), from.getKey(), from.getValue(), range.to().get(from.getKey())))
        .toList();
  }

  private Map<String, String> details(ReplayConfig config) {
    Map<String, String> details = new TreeMap<>();
    details.put("from", config.from().toString());
    details.put("to", config.to().toString());
    details.put("window", config.window().toString());
    details.put("retention", config.retention().toString());
    if (!config.models().isEmpty()) {
      details.put("models", String.join(",", config.models()));
    }
    if (config.mode() == ReplayMode.BY_TIMELINE) {
      details.put("timeline", config.timeline().toString());
    }
    timeline.ifPresent(known -> details.putAll(known.details()));
    return details;
  }
}
