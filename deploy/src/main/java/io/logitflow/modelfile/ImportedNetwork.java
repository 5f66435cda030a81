package io.logitflow.modelfile;

import io.logitflow.classifier.Model;
import java.util.Map;

/**
 * A network from a file of another program.
 *
 * @param builder has layers or artifact, output function, and the names of the classes as far as
 *     they are known; the name of the model, its time and provenance are still to be given
 * @param details what else is known of it, for its provenance
 */
public record ImportedNetwork(Model.Builder builder, Map<String, String> details) {

  public ImportedNetwork {
    details = Map.copyOf(details);
  }
}
