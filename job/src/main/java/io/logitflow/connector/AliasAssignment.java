package io.logitflow.connector;

import io.logitflow.schema.ModelAlias;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An alias of a model and the version that it names: the immutable form of {@link ModelAlias}.
 *
 * @param model name of the model
 * @param alias {@link ModelKey#CHAMPION}, a challenger ({@link ModelKey#isChallenger}) or {@link
 *     ModelKey#PREVIOUS}
 * @param version the version that the alias names, at least 1
 * @param changedAt when it was changed, to the millisecond
 * @param changedBy who or what changed it; may be empty
 * @param reason why; may be empty
 */
public record AliasAssignment(
    String model, String alias, long version, Instant changedAt, String changedBy, String reason) {

  public AliasAssignment {
    changedAt = changedAt.truncatedTo(ChronoUnit.MILLIS);
  }

  /** The key of the record on the models topic. */
  public ModelKey.Alias key() {
    return new ModelKey.Alias(model, alias);
  }

  /** The value of the record on the models topic: Avro single-object encoding. */
  public byte[] encode() {
    return SingleObjects.encode(
        ModelAlias.getEncoder(),
        new ModelAlias(model, alias, version, changedAt, changedBy, reason));
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException if the bytes are no single-object encoded ModelAlias
   */
  public static AliasAssignment decode(byte[] bytes) throws IOException {
    ModelAlias alias = SingleObjects.decode(ModelAlias.class, bytes);
    return new AliasAssignment(
        alias.getModel(),
        alias.getAlias(),
        alias.getVersion(),
        alias.getChangedAt(),
        alias.getChangedBy(),
        alias.getReason());
  }
}
