package io.logitflow.training;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import java.util.List;
import java.util.Map;

/** What training yields, whatever was trained. */
public interface TrainingResult {

  /** How it went. */
  TrainingReport report();

  /**
   * A model with the parameters as float32, the options and figures in its provenance, and golden
   * rows.
   *
   * @param sampleRows real rows, as they are on the topic, to become golden rows
   * @throws InvalidModelException if training has diverged, or names do not fit
   */
  Model toModel(ModelIdentity identity, List<float[]> sampleRows) throws InvalidModelException;

  /** The same with more in the provenance of the model, by name. */
  default TrainingResult withDetails(Map<String, String> details) {
    return new DetailedResult(this, details);
  }
}
