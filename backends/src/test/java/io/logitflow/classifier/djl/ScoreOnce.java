package io.logitflow.classifier.djl;

import io.logitflow.classifier.ModelFile;
import io.logitflow.classifier.Network;
import io.logitflow.classifier.Placement;
import java.util.concurrent.Callable;

/** What a job does with a backend, for one batch. */
public final class ScoreOnce implements Callable<float[]> {

  private final String file;

  /** For a file by its name. */
  public ScoreOnce(String file) {
    this.file = file;
  }

  @Override
  public float[] call() throws Exception {
    ModelFile model = ModelFile.of(file);
    float[] outputs = new float[3 * model.classCount()];
    try (Network network =
        new DjlBackend().load(model.artifact(), model.classCount(), Placement.CPU)) {
      network.run(model.batch(3), 3, outputs);
    }
    return outputs;
  }
}
