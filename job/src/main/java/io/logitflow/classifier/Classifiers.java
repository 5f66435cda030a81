package io.logitflow.classifier;

import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** Features of a row that warms up a model for sparse rows. */
  private static final int WARM_UP_NON_ZEROS = 64;

  /** Networks of other programs take dense rows only: 4 MiB each. */
  private static final int WIDEST_ARTIFACT = 1 << 20;

  /**
   * What was warmed up in this JVM: another version of the same shape runs the same code, unless
   * one has biases and the other none.
   */
  private static final Set<List<Object>> WARM = ConcurrentHashMap.newKeySet();

  private Classifiers() {}

  /**
   * Loads a model: folds normaliser and layers, packs the weights for the kernels, runs the golden
   * rows and warms up. It takes milliseconds if a model of the same shape was loaded before, else
   * some 200 ms, or up to 3 s for the first model of a JVM, and belongs off the threads that score.
   *
   * <p>A network in a file of another program is loaded by the backend for it, onto the CPU.
   *
   * <p>If float32 kernels break the numerics contract on a golden row but float64 holds it, the
   * model is scored in float64: correct, but slower, and a warning says so.
   *
   * @throws InvalidModelException if a golden row does not come out as expected, the model
   *     overflows float32, or what serves its file is missing
   * @throws IllegalStateException if {@link KernelChoice#VECTOR} cannot run here; it says what to
   *     change
   */
  public static Classifier load(Model model, KernelChoice choice) throws InvalidModelException {
    return load(model, choice, Placement.CPU);
  }

  /**
   * The same, with networks of other programs in a place of choice. Our own layers always compute
   * on the CPU.
   */
  public static Classifier load(Model model, KernelChoice choice, Placement placement)
      throws InvalidModelException {
    return model.artifact().isPresent()
        ? loadArtifact(model, model.artifact().get(), choice, placement)
        : loadLayers(model, choice);
  }

  private static Classifier loadLayers(Model model, KernelChoice choice)
      throws InvalidModelException {
    FoldedNetwork network = FoldedNetwork.of(model);
    Classifier classifier =
        selfTested(
            model,
            new NetworkClassifier(network, model, Kernels.of(choice)),
            new Float64Classifier(network, model));
    List<Object> code =
        List.of(
            choice,
            classifier.getClass(),
            network.shape(),
            model.outputFunction().getClass(),
            model.calibration().hasBiases());
    if (!WARM.contains(code)) {
      warmUp(classifier, WARM.isEmpty() ? FIRST_WARM_UP_NANOS : WARM_UP_NANOS);
      WARM.add(code);
    }
    return classifier;
  }

  private static Classifier loadArtifact(
      Model model, Artifact artifact, KernelChoice choice, Placement placement)
      throws InvalidModelException {
    if (model.featureCount() > WIDEST_ARTIFACT) {
      throw new InvalidModelException(
          "model %s: its %s takes dense rows of %d features, expected at most %d"
              .formatted(model, artifact, model.featureCount(), WIDEST_ARTIFACT));
    }
    Kernels kernels = Kernels.of(choice);
    Network network = BackendLookup.required().load(artifact, model.classCount(), placement);
    boolean ready = false;
    try {
      Classifier classifier = new ArtifactClassifier(model, network, kernels);
      Optional<String> failure = GoldenRows.firstFailure(classifier, model.goldenRows());
      if (failure.isPresent()) {
        throw broken(model, failure.get());
      }
      warmUp(classifier, WARM_UP_NANOS);
      ready = true;
      return classifier;
    } finally {
      if (!ready) {
        network.close();
      }
    }
  }

  private static Classifier selfTested(Model model, Classifier float32, Classifier float64)
      throws InvalidModelException {
    List<GoldenRow> rows =
        model.goldenRows().isEmpty() ? GoldenRows.generate(model) : model.goldenRows();
    Optional<String> failure = GoldenRows.firstFailure(float32, rows);
    if (failure.isEmpty()) {
      return float32;
    }
    Optional<String> exactFailure = GoldenRows.firstFailure(float64, rows);
    if (exactFailure.isPresent()) {
      throw broken(model, exactFailure.get());
    }
    LOG.warn(
        "Model {} is scored in float64, which is slower: in float32 its {}. Features or weights of"
            + " very different magnitude do this; standardised features avoid it.",
        model,
        failure.get());
    return float64;
  }

  private static InvalidModelException broken(Model model, String failure) {
    return new InvalidModelException(
        "model %s: %s, within 1e-6 absolute plus 1e-5 relative".formatted(model, failure));
  }

  private static void warmUp(Classifier classifier, long limit) {
    Scores scores = new Scores(WARM_UP_ROWS, classifier.classCount());
    FeatureBatch batch = warmUpBatch(classifier.featureCount());
    long start = System.nanoTime();
    for (int call = 0; call < WARM_UP_CALLS; call++) {
      int rows = 1 + call % WARM_UP_ROWS;
      classifier.classify(
          new FeatureBatch(batch.values(), batch.sparse(), rows, batch.seeds()), scores);
      if (System.nanoTime() - start > limit) {
        break;
      }
    }
  }

  /** Rows in the form that the model is packed for. */
  private static FeatureBatch warmUpBatch(int featureCount) {
    if (featureCount <= FeatureBatch.WIDEST_DENSE) {
      float[] features = new float[WARM_UP_ROWS * featureCount];
      Arrays.fill(features, 0.5f);
      return FeatureBatch.of(features, WARM_UP_ROWS);
    }
    float[] values = new float[WARM_UP_ROWS * WARM_UP_NON_ZEROS];
    Arrays.fill(values, 0.5f);
    int[] indices = new int[values.length];
    Arrays.setAll(indices, i -> i % WARM_UP_NON_ZEROS * (featureCount / WARM_UP_NON_ZEROS));
    int[] starts = new int[WARM_UP_ROWS + 1];
    Arrays.setAll(starts, row -> row * WARM_UP_NON_ZEROS);
    return FeatureBatch.sparse(starts, indices, values, WARM_UP_ROWS);
  }
}
