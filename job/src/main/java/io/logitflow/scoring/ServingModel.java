package io.logitflow.scoring;

import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Model;
import io.logitflow.connector.wire.PredictionEncoder;
import java.util.HexFormat;

/**
 * A model version that is ready to serve.
 *
 * @param model the version
 * @param classifier computes its probabilities
 * @param encoder writes its predictions, or of a challenger its shadow predictions
 */
record ServingModel(Model model, Classifier classifier, PredictionEncoder encoder)
    implements AutoCloseable {

  /** Gives back the memory of the classifier. It must not score any more. */
  @Override
  public void close() {
    classifier.close();
  }

  /** Model, version, calibration and the beginning of the checksum of the weights. */
  String describe() {
    return model.name()
        + "/"
        + model.version()
        + " calibration "
        + model.calibrationVersion()
        + " weights "
        + HexFormat.of().formatHex(model.weightsChecksum(), 0, 6);
  }
}
