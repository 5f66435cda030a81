package io.logitflow.scoring;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.ModelKey;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.ModelAlias;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which model versions serve. Follows the models topic, has versions loaded when an alias names
 * them, and puts them in force when they have passed their checks. Whatever is refused is reported
 * and changes nothing: the version before goes on serving.
 *
 * <p>At every start the topic's past runs by before its present. No alias is followed until then:
 * live records must not be scored by champions of long ago. What was in force when the state was
 * written serves at once.
 *
 * <p>All methods are called on the task thread.
 */
final class ServingModels implements ModelLoading.Listener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServingModels.class);

  /** Remembers the containers in force over restarts, by alias. */
  interface Memory {
    byte[] get(String alias) throws Exception;

    void put(String alias, byte[] container) throws Exception;

    void remove(String alias) throws Exception;

    /** The aliases that are remembered. */
    Set<String> aliases() throws Exception;
  }

  /** Hears of changes. */
  interface Listener {
    /** The model under an alias is about to change: score with the old one what is collected. */
    void beforeChange();

    /** The model under an alias has changed; null: there is none any more. */
    void changed(String alias, ServingModel model);

    /** A record of the models topic cannot be used. */
    void refused(ConsumedRecord record, DeadLetterReason reason, String detail);

    /** Nothing is being loaded: what serves now goes on doing so until the topic says more. */
    void settled();
  }

  /** A version under an alias. */
  private record Candidate(String alias, long version) {}

  /** A version that is being loaded; its number is unknown if it comes from the state. */
  private record Loading(OptionalLong version, ConsumedRecord record) {}

  private final String model;
  private final String topic;
  private final boolean shadowPrevious;
  private final Memory memory;
  private final ModelLoading loader;
  private final Listener listener;

  private final ModelTimeline timeline = new ModelTimeline();
  private final Map<String, ServingModel> serving = new HashMap<>();
  private final Map<String, Loading> loading = new HashMap<>();
  private final Set<Candidate> refused = new HashSet<>();
  private boolean caughtUp;

  /**
   * Creates it.
   *
   * @param topic name of the models topic, for messages
   * @param shadowPrevious whether the previous champion is scored as a challenger is
   */
  ServingModels(
      String model,
      String topic,
      boolean shadowPrevious,
      Memory memory,
      ModelLoading loader,
      Listener listener) {
    this.model = model;
    this.topic = topic;
    this.shadowPrevious = shadowPrevious;
    this.memory = memory;
    this.loader = loader;
    this.listener = listener;
  }

  /** Loads what was in force when the state was written. */
  void restore() throws Exception {
    List<String> aliases = new ArrayList<>(memory.aliases());
    // The champion first: challengers are compared with it.
    aliases.sort(Comparator.comparing(this::isShadow).thenComparing(alias -> alias));
    for (String alias : aliases) {
      if (alias.equals(ModelKey.CHAMPION) || isShadow(alias)) {
        load(
            alias,
            new Loading(
                OptionalLong.empty(),
                new ConsumedRecord(topic, -1, -1, 0, null, memory.get(alias))));
      } else {
        // The previous champion, of a job that was told to score it.
        memory.remove(alias);
      }
    }
  }

  /** Takes note of a record of the models topic. */
  void accept(ConsumedRecord record) throws Exception {
    String text = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    ModelKey key = ModelKey.parse(text).orElse(null);
    if (key == null) {
      refuse(
          record,
          DeadLetterReason.MALFORMED,
          "key '" + text + "', expected <model>/version/<version> or <model>/alias/<alias>");
    } else if (key.model().equals(model)) {
      if (key instanceof ModelKey.Version version) {
        timeline.version(version, record);
        refused.removeIf(candidate -> candidate.version() == version.version());
      } else if (key instanceof ModelKey.Alias alias) {
        accept(alias, record);
      }
      follow();
    }
  }

  private void accept(ModelKey.Alias key, ConsumedRecord record) {
    if (record.value() == null) {
      timeline.alias(key, null);
      return;
    }
    try {
      ModelAlias alias = SingleObjects.decode(ModelAlias.class, record.value());
      timeline.alias(key, new ModelTimeline.Named(alias.getVersion(), record));
    } catch (IOException e) {
      refuse(record, DeadLetterReason.MALFORMED, key.format() + " is no ModelAlias: " + e);
    }
  }

  /** The topic's past has run by: what it says from now on is its present. */
  void caughtUp() throws Exception {
    caughtUp = true;
    follow();
  }

  /** The model under an alias, or null. */
  ServingModel serving(String alias) {
    return serving.get(alias);
  }

  /**
   * What is scored in the shadow: the challengers, in the order of their aliases, and then the
   * previous champion, unless it has the weights of the champion or is a challenger too.
   */
  List<ServingModel> shadows() {
    List<ServingModel> shadows =
        new ArrayList<>(
            serving.keySet().stream()
                .filter(ModelKey::isChallenger)
                .sorted()
                .map(serving::get)
                .toList());
    ServingModel previous = serving.get(ModelKey.PREVIOUS);
    if (previous != null && !hasWeightsOfChampion(previous) && !isIn(shadows, previous)) {
      shadows.add(previous);
    }
    return shadows;
  }

  /** As that of a recalibration has, which is nothing to go back to. */
  private boolean hasWeightsOfChampion(ServingModel model) {
    ServingModel champion = serving.get(ModelKey.CHAMPION);
    return champion != null
        && Arrays.equals(champion.model().weightsChecksum(), model.model().weightsChecksum());
  }

  private static boolean isIn(List<ServingModel> models, ServingModel one) {
    return models.stream().anyMatch(other -> other.model().version() == one.model().version());
  }

  private boolean isShadow(String alias) {
    return ModelKey.isChallenger(alias) || (shadowPrevious && alias.equals(ModelKey.PREVIOUS));
  }

  /** Whether there is no champion and, unless the topic says more, none will come. */
  boolean lacksChampion() {
    return caughtUp && loading.isEmpty() && !serving.containsKey(ModelKey.CHAMPION);
  }

  /** Brings what serves in line with what the aliases name. */
  private void follow() throws Exception {
    if (caughtUp) {
      follow(ModelKey.CHAMPION);
      if (serving.containsKey(ModelKey.CHAMPION)) {
        Set<String> shadows = new TreeSet<>(timeline.aliases());
        shadows.addAll(serving.keySet());
        shadows.removeIf(alias -> !isShadow(alias));
        for (String shadow : shadows) {
          follow(shadow);
        }
      }
    }
    if (loading.isEmpty()) {
      listener.settled();
    }
  }

  private void follow(String alias) throws Exception {
    ModelTimeline.Named named = timeline.named(alias);
    if (named == null) {
      withdraw(alias);
      return;
    }
    Candidate candidate = new Candidate(alias, named.version());
    ServingModel current = serving.get(alias);
    boolean inForce = current != null && current.model().version() == candidate.version();
    if (inForce || loading.containsKey(alias) || refused.contains(candidate)) {
      return;
    }
    ConsumedRecord version = timeline.version(candidate.version());
    if (version == null) {
      refused.add(candidate);
      refuse(
          named.record(),
          DeadLetterReason.UNKNOWN_MODEL_VERSION,
          alias + ": there is no version " + candidate.version() + " on " + topic);
    } else {
      load(alias, new Loading(OptionalLong.of(named.version()), version));
    }
  }

  private void withdraw(String alias) throws Exception {
    if (!serving.containsKey(alias)) {
      return;
    }
    if (alias.equals(ModelKey.CHAMPION)) {
      LOG.warn("{} has no champion any more: the last one goes on serving", topic);
      return;
    }
    listener.beforeChange();
    ServingModel withdrawn = serving.remove(alias);
    memory.remove(alias);
    listener.changed(alias, null);
    withdrawn.close();
  }

  private void load(String alias, Loading version) {
    loading.put(alias, version);
    loader.load(
        alias,
        alias.equals(ModelKey.CHAMPION) ? ModelRole.CHAMPION : ModelRole.CHALLENGER,
        version.record().value(),
        this);
  }

  @Override
  public void loaded(String alias, ServingModel candidate) throws Exception {
    Loading version = loading.remove(alias);
    String problem = mismatch(version.version(), candidate.model());
    if (problem == null) {
      listener.beforeChange();
      ServingModel replaced = serving.put(alias, candidate);
      memory.put(alias, version.record().value());
      listener.changed(alias, candidate);
      if (replaced != null) {
        replaced.close();
      }
    } else {
      candidate.close();
      refuse(alias, version, problem);
    }
    follow();
  }

  @Override
  public void refused(String alias, InvalidModelException reason) throws Exception {
    refuse(alias, loading.remove(alias), reason.getMessage());
    follow();
  }

  private void refuse(String alias, Loading version, String problem) {
    version.version().ifPresent(number -> refused.add(new Candidate(alias, number)));
    refuse(version.record(), DeadLetterReason.MODEL_REFUSED, alias + ": " + problem);
  }

  /**
   * A model that is not what its key says must not serve: predictions would name it wrongly, and
   * the alias would never be satisfied. One that takes or gives something else than the champion
   * would break every reader.
   */
  private String mismatch(OptionalLong version, Model candidate) {
    if (!candidate.name().equals(model)) {
      return "the container says model " + candidate.name() + ", its key " + model;
    }
    if (version.isPresent() && version.getAsLong() != candidate.version()) {
      return "the container says version "
          + candidate.version()
          + ", its key "
          + version.getAsLong();
    }
    ServingModel champion = serving.get(ModelKey.CHAMPION);
    if (champion == null) {
      return null;
    }
    if (candidate.featureCount() != champion.model().featureCount()) {
      return candidate.featureCount()
          + " features, the champion has "
          + champion.model().featureCount();
    }
    if (!candidate.classNames().equals(champion.model().classNames())) {
      return "classes "
          + candidate.classNames()
          + ", the champion has "
          + champion.model().classNames();
    }
    return null;
  }

  /** Gives back the memory of what serves. */
  @Override
  public void close() {
    serving.values().forEach(ServingModel::close);
    serving.clear();
  }

  private void refuse(ConsumedRecord record, DeadLetterReason reason, String detail) {
    LOG.warn("Refused {} ({}): {}", record.place(), reason, detail);
    listener.refused(record, reason, detail);
  }
}
