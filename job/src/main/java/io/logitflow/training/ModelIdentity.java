package io.logitflow.training;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a trainer cannot know of the model that it makes.
 *
 * @param name of the model
 * @param version at least 1
 * @param createdAt wall-clock time
 * @param classNames name of each class, in the order of the labels
 * @param featureNames name of each feature; may be empty
 * @param parentVersion that training started from or that the model is to replace; empty for none
 * @param codeVersion of the program
 * @param source file or topics of the rows
 * @param details whatever else describes where the rows are from: offsets, counts, trigger
 */
public record ModelIdentity(
    String name,
    long version,
    Instant createdAt,
    List<String> classNames,
    List<String> featureNames,
    OptionalLong parentVersion,
    String codeVersion,
    String source,
    Map<String, String> details) {

  /** Copies the collections. */
  public ModelIdentity {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(parentVersion, "parentVersion");
    Objects.requireNonNull(codeVersion, "codeVersion");
    Objects.requireNonNull(source, "source");
    classNames = List.copyOf(classNames);
    featureNames = List.copyOf(featureNames);
    details = Map.copyOf(details);
  }
}
