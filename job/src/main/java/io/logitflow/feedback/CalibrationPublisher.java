package io.logitflow.feedback;

import io.logitflow.classifier.Calibration;
import io.logitflow.classifier.Model;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.schema.Decision;
import io.logitflow.schema.DecisionOutcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes calibrations. A job that failed after it had published, and decides the same again,
 * finds the version that it made and makes no other.
 */
final class CalibrationPublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CalibrationPublisher.class);
  private static final String CHANGED_BY = "feedback job";

  private final String model;
  private final ModelTopic topic;

  CalibrationPublisher(String model, ModelTopic topic) {
    this.model = model;
    this.topic = topic;
  }

  /**
   * Publishes a calibration of the weights of a version, and notes in the decision what became of
   * it. What the models topic refuses is decided again when further labels have come.
   *
   * @param promote whether to make the new version the champion
   */
  void publish(
      long modelVersion,
      double temperature,
      double[] biases,
      String reason,
      boolean promote,
      Decision.Builder decision) {
    try {
      ModelCatalogue catalogue = topic.read();
      OptionalLong champion = catalogue.alias(model, ModelKey.CHAMPION);
      Optional<Model> base = catalogue.version(model, modelVersion);
      if (base.isEmpty() || champion.isEmpty() || champion.getAsLong() != modelVersion) {
        decision
            .setOutcome(DecisionOutcome.NOT_NOW)
            .setReason(
                "%s, but version %d is not the champion any more".formatted(reason, modelVersion));
        return;
      }
      long version = publish(catalogue, base.get(), temperature, biases, decision.getEvidence());
      if (promote) {
        // A challenger may have been promoted since the topic was read.
        var unused = topic.replace(model, modelVersion, version, CHANGED_BY, reason);
      }
      LOG.info(
          "Version {} of model '{}' has the weights of version {} and temperature {}{}: {}",
          version,
          model,
          modelVersion,
          temperature,
          promote ? " and is the champion" : "",
          reason);
      decision
          .setOutcome(promote ? DecisionOutcome.APPLIED : DecisionOutcome.PROPOSED)
          .setCandidateVersion(version)
          .setReason(reason);
    } catch (ModelTopicException e) {
      LOG.warn("A calibration of version {} could not be put in force", modelVersion, e);
      decision
          .setOutcome(DecisionOutcome.NOT_NOW)
          .setReason(reason + ", but it could not be put in force: " + e.getMessage());
    }
  }

  private long publish(
      ModelCatalogue catalogue,
      Model base,
      double temperature,
      double[] biases,
      Map<String, Double> evidence)
      throws ModelTopicException {
    int calibrationVersion = 0;
    for (Model version : catalogue.versions(model).values()) {
      if (!Arrays.equals(version.weightsChecksum(), base.weightsChecksum())) {
        continue;
      }
      calibrationVersion = Math.max(calibrationVersion, version.calibrationVersion());
      boolean fromBase =
          version.provenance().parentVersion().equals(OptionalLong.of(base.version()));
      if (fromBase
          && version.calibration().hasParametersOf(new Calibration(1, temperature, biases))) {
        return version.version();
      }
    }
    Map<String, String> details = new TreeMap<>();
    evidence.forEach((name, value) -> details.put(name, value.toString()));
    return topic.publish(
        base.withCalibration(
            new Calibration(calibrationVersion + 1, temperature, biases),
            catalogue.nextVersion(model),
            Instant.now(),
            details));
  }

  @Override
  public void close() {
    topic.close();
  }
}
