package io.logitflow.training;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Layer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Normaliser;
import io.logitflow.classifier.Provenance;
import io.logitflow.classifier.output.OutputFunction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

  /** The same with more details, which take the place of those of the same names. */
  ModelIdentity withDetails(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(details);
    all.putAll(more);
    return new ModelIdentity(
        name,
        version,
        createdAt,
        classNames,
        featureNames,
        parentVersion,
        codeVersion,
        source,
        all);
  }

  /**
   * A trained model with options and figures in its provenance, and golden rows.
   *
   * @param layers in the order of application
   * @param normaliser standardisation of the features; empty for none
   * @param outputFunction what turns their scores into probabilities
   * @param training options and figures, by name
   * @param sampleRows real rows, as they are on the topic, to become golden rows
   * @throws InvalidModelException if a weight is not finite, or names do not fit
   */
  public Model model(
      List<? extends Layer> layers,
      Optional<Normaliser> normaliser,
      OutputFunction outputFunction,
      Map<String, String> training,
      List<float[]> sampleRows)
      throws InvalidModelException {
    Map<String, String> all = new HashMap<>(details);
    all.putAll(training);
    all.put("jdk", Runtime.version().toString());
    Model.Builder builder =
        Model.builder()
            .name(name)
            .version(version)
            .createdAt(createdAt)
            .classNames(classNames)
            .featureNames(featureNames)
            .layers(layers)
            .outputFunction(outputFunction)
            .sampleRows(sampleRows)
            .provenance(new Provenance("training", parentVersion, codeVersion, source, all));
    normaliser.ifPresent(builder::normaliser);
    return builder.build();
  }
}
