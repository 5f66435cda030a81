package io.logitflow.connector;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the models topic said at one moment: every version and every alias of every model.
 *
 * <p>Immutable. It also decides what a promotion or a rollback changes ({@link #promotion}, {@link
 * #rollback}, {@link #challenge}), so that the rules can be tested without a broker; {@link
 * ModelTopic} writes the moves.
 */
public final class ModelCatalogue {

  private static final Entry NOTHING = new Entry();

  private final SortedMap<String, Entry> entries;
  private final List<String> problems;

  private ModelCatalogue(SortedMap<String, Entry> entries, List<String> problems) {
    this.entries = entries;
    this.problems = problems;
  }

  /** Everything that the topic says of one model. */
  private static final class Entry {
    private final SortedMap<Long, Model> versions = new TreeMap<>();
    private final SortedMap<String, AliasAssignment> aliases = new TreeMap<>();

    /** Numbers of all versions that ever were, as far as the topic still knows. */
    private final SortedSet<Long> numbers = new TreeSet<>();
  }

  /** Names of the models that have a version or an alias. */
  public SortedSet<String> models() {
    SortedSet<String> names = new TreeSet<>();
    entries.forEach(
        (name, entry) -> {
          if (!entry.versions.isEmpty() || !entry.aliases.isEmpty()) {
            names.add(name);
          }
        });
    return Collections.unmodifiableSortedSet(names);
  }

  /** The versions of a model, in ascending order; empty for an unknown model. */
  public SortedMap<Long, Model> versions(String model) {
    return Collections.unmodifiableSortedMap(entry(model).versions);
  }

  /** One version of a model. */
  public Optional<Model> version(String model, long version) {
    return Optional.ofNullable(entry(model).versions.get(version));
  }

  /** The version with the highest number. */
  public Optional<Model> latest(String model) {
    SortedMap<Long, Model> versions = entry(model).versions;
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.lastKey()));
  }

  /** The aliases of a model by name. */
  public SortedMap<String, AliasAssignment> aliases(String model) {
    return Collections.unmodifiableSortedMap(entry(model).aliases);
  }

  /** The version that an alias names, whether that version exists or not. */
  public OptionalLong alias(String model, String alias) {
    AliasAssignment assignment = entry(model).aliases.get(alias);
    return assignment == null ? OptionalLong.empty() : OptionalLong.of(assignment.version());
  }

  /** Names of the aliases of a version, in alphabetical order. */
  public List<String> aliasesOf(String model, long version) {
    return entry(model).aliases.values().stream()
        .filter(assignment -> assignment.version() == version)
        .map(AliasAssignment::alias)
        .toList();
  }

  /**
   * The number of the next version: one above every number that the topic still knows, deleted ones
   * included, because predictions name versions and a number must not mean two things.
   */
  public long nextVersion(String model) {
    SortedSet<Long> numbers = entry(model).numbers;
    return numbers.isEmpty() ? 1 : numbers.last() + 1;
  }

  /** Whether a version exists, or existed and was deleted. */
  public boolean isTaken(String model, long version) {
    return entry(model).numbers.contains(version);
  }

  /**
   * Records that were passed over because they are no versions or aliases, one line each with
   * topic, partition and offset.
   */
  public List<String> problems() {
    return problems;
  }

  /**
   * Finds the version that a text names.
   *
   * @param reference a version number or an alias
   * @throws ModelTopicException if there is no such model, version or alias
   */
  public Model find(String model, String reference) throws ModelTopicException {
    requireModel(model);
    if (reference.matches("[0-9]{1,18}")) {
      return requireVersion(model, Long.parseLong(reference));
    }
    OptionalLong version = alias(model, reference);
    if (version.isEmpty()) {
      throw new ModelTopicException(
          "Model '%s' has no alias '%s'; it has %s"
              .formatted(model, reference, list(aliases(model).keySet(), "no alias")));
    }
    return requireVersion(model, version.getAsLong());
  }

  /**
   * What makes a version the champion: the champion before becomes {@code previous}, and a
   * challenger that is promoted is a challenger no more. Another calibration of the champion's
   * weights leaves a previous champion of other weights where it is: it would else be lost to a
   * rollback as soon as the new champion is recalibrated.
   *
   * @return the moves; empty if the version is the champion already
   * @throws ModelTopicException if there is no such version
   */
  public List<AliasMove> promotion(String model, long version) throws ModelTopicException {
    requireModel(model);
    requireVersion(model, version);
    OptionalLong champion = alias(model, ModelKey.CHAMPION);
    if (champion.isPresent() && champion.getAsLong() == version) {
      return List.of();
    }
    List<AliasMove> moves = new ArrayList<>();
    if (champion.isPresent()
        && version(model, champion.getAsLong()).isPresent()
        && !isRecalibration(model, champion.getAsLong(), version)) {
      moves.add(move(model, ModelKey.PREVIOUS, champion));
    }
    moves.add(move(model, ModelKey.CHAMPION, OptionalLong.of(version)));
    for (String alias : aliasesOf(model, version)) {
      if (ModelKey.isChallenger(alias)) {
        moves.add(move(model, alias, OptionalLong.empty()));
      }
    }
    return List.copyOf(moves);
  }

  /** Whether the champion before would take the place of another one in vain. */
  private boolean isRecalibration(String model, long champion, long next) {
    OptionalLong previous = alias(model, ModelKey.PREVIOUS);
    return previous.isPresent()
        && version(model, previous.getAsLong()).isPresent()
        && !haveSameWeights(model, previous.getAsLong(), champion)
        && previous.getAsLong() != next
        && haveSameWeights(model, champion, next);
  }

  private boolean haveSameWeights(String model, long one, long other) {
    return Arrays.equals(
        entry(model).versions.get(one).weightsChecksum(),
        entry(model).versions.get(other).weightsChecksum());
  }

  /**
   * What exchanges the champion and the previous champion.
   *
   * @throws ModelTopicException if there is no previous champion, or its version is gone
   */
  public List<AliasMove> rollback(String model) throws ModelTopicException {
    requireModel(model);
    OptionalLong previous = alias(model, ModelKey.PREVIOUS);
    if (previous.isEmpty()) {
      throw new ModelTopicException(
          "Model '%s' has no previous champion to roll back to; promote a version instead (%s)"
              .formatted(model, list(versions(model).keySet(), "it has no version")));
    }
    return promotion(model, previous.getAsLong());
  }

  /**
   * What makes a version a challenger.
   *
   * @param challenger alias of the challenger
   * @return the moves; empty if the version is that challenger already
   * @throws ModelTopicException if there is no such version, or it is the champion
   */
  public List<AliasMove> challenge(String model, String challenger, long version)
      throws ModelTopicException {
    requireModel(model);
    requireVersion(model, version);
    OptionalLong named = OptionalLong.of(version);
    if (alias(model, ModelKey.CHAMPION).equals(named)) {
      throw new ModelTopicException(
          "Version %d of model '%s' is the champion; a challenger must be another version"
              .formatted(version, model));
    }
    return alias(model, challenger).equals(named)
        ? List.of()
        : List.of(move(model, challenger, named));
  }

  /**
   * What gives a version an alias that no other version has.
   *
   * @param alias {@link ModelKey#CHAMPION} or a challenger
   * @return the moves; empty if the version has the alias already, or is to become a challenger and
   *     is the champion
   * @throws AliasTakenException if another version that exists has it
   * @throws ModelTopicException if there is no such version
   */
  public List<AliasMove> claim(String model, String alias, long version)
      throws ModelTopicException {
    OptionalLong holder = alias(model, alias);
    if (holder.isPresent()
        && holder.getAsLong() != version
        && version(model, holder.getAsLong()).isPresent()) {
      throw new AliasTakenException(model, alias, holder.getAsLong());
    }
    if (alias.equals(ModelKey.CHAMPION)) {
      return promotion(model, version);
    }
    return alias(model, ModelKey.CHAMPION).equals(OptionalLong.of(version))
        ? List.of()
        : challenge(model, alias, version);
  }

  /**
   * Requires that a model has a version.
   *
   * @throws ModelTopicException if it has not
   */
  public Model requireVersion(String model, long version) throws ModelTopicException {
    Model found = entry(model).versions.get(version);
    if (found == null) {
      throw new ModelTopicException(
          "Model '%s' has no version %d; it has %s"
              .formatted(model, version, list(versions(model).keySet(), "no version")));
    }
    return found;
  }

  /**
   * Requires that there is a model of this name.
   *
   * @throws ModelTopicException if there is none
   */
  public void requireModel(String model) throws ModelTopicException {
    if (!models().contains(model)) {
      throw new ModelTopicException(
          "There is no model '%s'; there are: %s".formatted(model, list(models(), "no models")));
    }
  }

  private Entry entry(String model) {
    return entries.getOrDefault(model, NOTHING);
  }

  private AliasMove move(String model, String alias, OptionalLong to) {
    return new AliasMove(alias, alias(model, alias), to);
  }

  private static String list(Iterable<?> values, String ifEmpty) {
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(String.valueOf(value)));
    return texts.isEmpty() ? ifEmpty : String.join(", ", texts);
  }

  /** Takes in the records of the topic, in their order, and forgets what later ones replace. */
  static final class Builder {
    private final SortedMap<String, Entry> entries = new TreeMap<>();
    private final Map<String, String> problems = new LinkedHashMap<>();

    /**
     * Takes in one record. The last record of a key counts, even if it cannot be read: the earlier
     * ones are gone when the topic is compacted.
     *
     * @param place topic, partition and offset, for the problems
     * @param key key of the record; may be null
     * @param value value of the record; null deletes
     */
    void add(String place, byte[] key, byte[] value) {
      String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
      Optional<ModelKey> parsed = ModelKey.parse(text);
      if (parsed.isEmpty()) {
        problems.put(
            place,
            "%s: key '%s' is neither <model>/version/<number> nor <model>/alias/<alias>"
                .formatted(place, text));
        return;
      }
      Entry entry = entries.computeIfAbsent(parsed.get().model(), name -> new Entry());
      problems.remove(text);
      try {
        if (parsed.get() instanceof ModelKey.Version version) {
          addVersion(entry, version, value);
        } else if (parsed.get() instanceof ModelKey.Alias alias) {
          addAlias(entry, alias, value);
        }
      } catch (InvalidModelException | IOException e) {
        problems.put(text, "%s: %s: %s".formatted(place, text, e.getMessage()));
      }
    }

    /** What was taken in. The builder is used up. */
    ModelCatalogue build() {
      return new ModelCatalogue(entries, List.copyOf(problems.values()));
    }

    private static void addVersion(Entry entry, ModelKey.Version key, byte[] value)
        throws InvalidModelException, IOException {
      entry.numbers.add(key.version());
      entry.versions.remove(key.version());
      if (value == null) {
        return;
      }
      Model model = ModelContainer.decode(value);
      if (!model.name().equals(key.model()) || model.version() != key.version()) {
        throw new IOException(
            "the record holds version %d of model '%s', expected what the key says"
                .formatted(model.version(), model.name()));
      }
      entry.versions.put(key.version(), model);
    }

    private static void addAlias(Entry entry, ModelKey.Alias key, byte[] value) throws IOException {
      entry.aliases.remove(key.alias());
      if (value == null) {
        return;
      }
      AliasAssignment assignment = AliasAssignment.decode(value);
      if (!assignment.key().equals(key)) {
        throw new IOException(
            "the record holds alias '%s' of model '%s', expected what the key says"
                .formatted(assignment.alias(), assignment.model()));
      }
      entry.aliases.put(key.alias(), assignment);
    }
  }
}
