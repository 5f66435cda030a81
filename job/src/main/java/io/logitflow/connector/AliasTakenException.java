package io.logitflow.connector;

/** Another version has the alias that one was to be given, and keeps it: nothing was written. */
public final class AliasTakenException extends ModelTopicException {

  private static final long serialVersionUID = 1L;

  private final String alias;
  private final long version;

  AliasTakenException(String model, String alias, long version) {
    super("Version %d is the %s of model '%s' already".formatted(version, alias, model));
    this.alias = alias;
    this.version = version;
  }

  /** The alias. */
  public String alias() {
    return alias;
  }

  /** The version that has it. */
  public long version() {
    return version;
  }
}
