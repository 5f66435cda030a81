package io.logitflow.learning;

import io.logitflow.classifier.Model;
import io.logitflow.config.DistillationConfig;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The versions of a model that a training refers to.
 *
 * @param model name of the model
 * @param catalogue what the models topic says
 */
record ReferenceModels(String model, ModelCatalogue catalogue) {

  /** Reads the models topic. */
  static ReferenceModels read(TrainingSettings settings) throws ModelTopicException {
    try (ModelTopic topic = settings.models().open()) {
      return new ReferenceModels(settings.model(), topic.read());
    }
  }

  /** The version that serves. */
  Optional<Model> champion() {
    OptionalLong version = catalogue.alias(model, ModelKey.CHAMPION);
    return version.isPresent() ? catalogue.version(model, version.getAsLong()) : Optional.empty();
  }

  /** The version whose probabilities are to be learned; empty for none, or if it is not there. */
  Optional<Model> teacher(DistillationConfig distillation) {
    if (distillation.isNone()) {
      return Optional.empty();
    }
    return distillation.isFromChampion()
        ? champion()
        : catalogue.version(model, Long.parseLong(distillation.from()));
  }

  /** The version that is being evaluated. */
  OptionalLong challenger() {
    OptionalLong version = catalogue.alias(model, ModelKey.CHALLENGER);
    return version.isPresent() && catalogue.version(model, version.getAsLong()).isPresent()
        ? version
        : OptionalLong.empty();
  }

  /** Names of the classes: of the champion, or else of the latest version; empty without any. */
  List<String> classNames() {
    return champion().or(() -> catalogue.latest(model)).map(Model::classNames).orElse(List.of());
  }

  /** The version that a training has made before. */
  OptionalLong madeBy(String trainingKey) {
    return catalogue.versions(model).values().stream()
        .filter(
            version -> trainingKey.equals(version.provenance().details().get(TrainingKey.DETAIL)))
        .mapToLong(Model::version)
        .findFirst();
  }
}
