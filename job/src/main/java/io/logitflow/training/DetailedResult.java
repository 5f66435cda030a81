package io.logitflow.training;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import java.util.List;
import java.util.Map;

/**
 * A result of which more is known than the trainer knows.
 *
 * @param details for the provenance, by name
 */
record DetailedResult(TrainingResult result, Map<String, String> details)
    implements TrainingResult {

  DetailedResult {
    details = Map.copyOf(details);
  }

  @Override
  public TrainingReport report() {
    return result.report();
  }

  @Override
  public Model toModel(ModelIdentity identity, List<float[]> sampleRows)
      throws InvalidModelException {
    return result.toModel(identity.withDetails(details), sampleRows);
  }
}
