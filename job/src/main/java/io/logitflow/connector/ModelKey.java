package io.logitflow.connector;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Key of a record on the models topic: {@code <model>/version/<version>} or {@code
 * <model>/alias/<alias>}.
 */
public sealed interface ModelKey {

  /** The version of a model that serves. */
  String CHAMPION = "champion";

  /**
   * The version of a model that is scored in the shadow. There may be more of them, as {@code
   * challenger-<name>}.
   */
  String CHALLENGER = "challenger";

  /** The version of a model that served before, kept for rollback. */
  String PREVIOUS = "previous";

  /** Name of the model. */
  String model();

  /** The key as it stands on the topic. */
  String format();

  /** Key of a {@link io.logitflow.schema.ModelVersion}. */
  record Version(String model, long version) implements ModelKey {
    @Override
    public String format() {
      return model + "/version/" + version;
    }
  }

  /** Key of a {@link io.logitflow.schema.ModelAlias}. */
  record Alias(String model, String alias) implements ModelKey {
    @Override
    public String format() {
      return model + "/alias/" + alias;
    }
  }

  /** Whether an alias is that of a challenger. */
  static boolean isChallenger(String alias) {
    return alias.equals(CHALLENGER) || alias.startsWith(CHALLENGER + "-");
  }

  /** Alias of the challenger of a name; of the one without a name if it is empty. */
  static String challenger(String name) {
    return name.isEmpty() ? CHALLENGER : CHALLENGER + "-" + name;
  }

  /** Parses a key; empty if it is none. */
  static Optional<ModelKey> parse(String key) {
    Matcher matcher = Patterns.KEY.matcher(key);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String model = matcher.group("model");
    String version = matcher.group("version");
    return Optional.of(
        version != null
            ? new Version(model, Long.parseLong(version))
            : new Alias(model, matcher.group("alias")));
  }

  /** The syntax of keys. */
  final class Patterns {
    private static final Pattern KEY =
        Pattern.compile(
            "(?<model>[A-Za-z0-9._-]{1,200})/(?:version/(?<version>[1-9][0-9]{0,17})|alias/(?<alias>[a-z][a-z0-9-]{0,49}))");

    private Patterns() {}
  }
}
