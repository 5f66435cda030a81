package io.logitflow.classifier;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Where a model version comes from.
 *
 * @param origin what made it: {@code import} (a file), {@code training}, {@code calibration}
 * @param parentVersion the version it was made from; empty for none
 * @param codeVersion version of the program that made it
 * @param source file or topics it was made from
 * @param details whatever else describes its making: trainer, options, seed, offsets, metrics
 */
public record Provenance(
    String origin,
    OptionalLong parentVersion,
    String codeVersion,
    String source,
    Map<String, String> details) {

  public Provenance {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(parentVersion, "parentVersion");
    Objects.requireNonNull(codeVersion, "codeVersion");
    Objects.requireNonNull(source, "source");
    details = Map.copyOf(details);
  }

  /** A model that was imported from a file. */
  public static Provenance ofImport(String source, Map<String, String> details) {
    return new Provenance("import", OptionalLong.empty(), "", source, details);
  }
}
