package io.logitflow.classifier;

import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns models into classifiers that are checked and warm. */
public final class Classifiers {

  private static final Logger LOG = LoggerFactory.getLogger(Classifiers.class);

  /** Enough calls for the JIT to compile the kernels, cut off by time for large models. */
  private static final int WARM_UP_CALLS = 60_000;

  /** The JIT takes so long for kernels that it has not seen; interpreted, they take ms per row. */
  private static final long FIRST_WARM_UP_NANOS = 3_000_000_000L;

  private static final long WARM_UP_NANOS = 150_000_000L;
  private static final int WARM_UP_ROWS = 8;

  /** Whether a model was warmed up in this JVM, and the kernels with it. */
  private static volatile boolean warm;

  private Classifiers() {}

  /**
   * Loads a model: folds normaliser and layers, packs the weights for the kernels, runs the golden
   * rows and warms up. It takes some 200 ms, or up to 3 s for the first model of a JVM, and belongs
   * off the threads that score.
   *
   * <p>If float32 kernels break the numerics contract on a golden row but float64 holds it, the
   * model is scored in float64: correct, but slower, and a warning says so.
   *
   * @throws InvalidModelException if a golden row does not come out as expected, or the model
   *     overflows float32
   * @throws IllegalStateException if {@link KernelChoice#VECTOR} cannot run here; it says what to
   *     change
   */
  public static Classifier load(Model model, KernelChoice choice) throws InvalidModelException {
    FoldedNetwork network = FoldedNetwork.of(model);
    Classifier classifier =
        selfTested(
            model,
            new NetworkClassifier(network, model, Kernels.of(choice)),
            new Float64Classifier(network, model));
    warmUp(classifier);
    return classifier;
  }

  private static Classifier selfTested(Model model, Classifier float32, Classifier float64)
      throws InvalidModelException {
    List<GoldenRow> rows =
        model.goldenRows().isEmpty() ? GoldenRows.make(model, List.of()) : model.goldenRows();
    Optional<String> failure = GoldenRows.firstFailure(float32, rows);
    if (failure.isEmpty()) {
      return float32;
    }
    Optional<String> exactFailure = GoldenRows.firstFailure(float64, rows);
    if (exactFailure.isPresent()) {
      throw new InvalidModelException(
          "model %s: %s, within 1e-6 absolute plus 1e-5 relative"
              .formatted(model, exactFailure.get()));
    }
    LOG.warn(
        "Model {} is scored in float64, which is slower: in float32 its {}. Features or weights of"
            + " very different magnitude do this; standardised features avoid it.",
        model,
        failure.get());
    return float64;
  }

  private static void warmUp(Classifier classifier) {
    float[] features = new float[WARM_UP_ROWS * classifier.featureCount()];
    Scores scores = new Scores(WARM_UP_ROWS, classifier.classCount());
    Arrays.fill(features, 0.5f);
    long start = System.nanoTime();
    long limit = warm ? WARM_UP_NANOS : FIRST_WARM_UP_NANOS;
    for (int call = 0; call < WARM_UP_CALLS; call++) {
      int rows = 1 + call % WARM_UP_ROWS;
      classifier.classify(FeatureBatch.of(features, rows), scores);
      if (System.nanoTime() - start > limit) {
        break;
      }
    }
    warm = true;
  }
}
