package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.classifier.kernel.KernelChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scored together, classifiers give what each gives alone. */
class ClassifierStackTest {

  private static final String ALL = "io.logitflow.classifier.kernel.KernelChoices#all";
  private static final int FEATURES = 37;
  private static final int CLASSES = 5;

  private final SplittableRandom random = new SplittableRandom(8);

  private Tensor random(int... shape) {
    int size = shape.length == 1 ? shape[0] : shape[0] * shape[1];
    return Tensor.float64(random.doubles(size, -0.5, 0.5).toArray(), shape);
  }

  private LinearLayer linear(int outputs, int inputs) {
    return LinearLayer.of(random(outputs, inputs), random(outputs));
  }

  private static Model model(Layer... layers) throws InvalidModelException {
    return Model.builder().name("m").createdAt(Instant.EPOCH).layers(List.of(layers)).build();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void linearAndDeepNetworksGiveWhatTheyGiveAlone(KernelChoice kernel)
      throws InvalidModelException {
    assertSame(
        kernel,
        model(linear(CLASSES, FEATURES)),
        model(linear(13, FEATURES), Activation.TANH, linear(CLASSES, 13)),
        model(linear(CLASSES, FEATURES)),
        model(linear(CLASSES, FEATURES)).toBuilder()
            .calibration(new Calibration(1, 0.5, new double[] {1, -1, 0.25, 0, 2}))
            .goldenRows(List.of())
            .build());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aClassifierThatCannotBeStackedIsScoredBesideTheOthers(KernelChoice kernel)
      throws InvalidModelException {
    SparseLinearLayer sparse =
        new SparseLinearLayer(
            FEATURES,
            random(2),
            Tensor.int32(new int[] {3, 30}, 2),
            Tensor.int32(new int[] {0, 1, 1, 2, 2, 2}, CLASSES + 1),
            Optional.empty());
    assertSame(kernel, model(linear(CLASSES, FEATURES)), model(sparse));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aBadRecordIsBadForEveryOne(KernelChoice kernel) throws InvalidModelException {
    List<Classifier> classifiers =
        List.of(
            Classifiers.load(model(linear(CLASSES, FEATURES)), kernel),
            Classifiers.load(model(linear(CLASSES, FEATURES)), kernel));
    float[] features = new float[2 * FEATURES];
    features[5] = Float.NaN;
    List<Scores> scores = List.of(new Scores(2, CLASSES), new Scores(2, CLASSES));
    ClassifierStack.of(classifiers, kernel).classify(FeatureBatch.of(features, 2), scores);
    for (Scores one : scores) {
      assertThat(one.logits()[0]).isNaN();
      assertThat(one.logits()[CLASSES]).isFinite();
    }
  }

  private void assertSame(KernelChoice kernel, Model... models) throws InvalidModelException {
    List<Classifier> classifiers = new ArrayList<>();
    List<Scores> together = new ArrayList<>();
    int rows = 70;
    for (Model model : models) {
      classifiers.add(Classifiers.load(model, kernel));
      together.add(new Scores(rows, CLASSES));
    }
    float[] features = new float[rows * FEATURES];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextDouble(-1, 1);
    }
    FeatureBatch dense = FeatureBatch.of(features, rows);
    assertSame(kernel, classifiers, dense, together);
    assertSame(kernel, classifiers, dense.toSparse(FEATURES), together);
  }

  private static void assertSame(
      KernelChoice kernel,
      List<Classifier> classifiers,
      FeatureBatch batch,
      List<Scores> together) {
    ClassifierStack.of(classifiers, kernel).classify(batch, together);
    for (int i = 0; i < together.size(); i++) {
      Scores alone = new Scores(batch.rows(), CLASSES);
      classifiers.get(i).classify(batch, alone);
      assertThat(together.get(i).labels()).containsExactly(alone.labels());
      assertThat(together.get(i).logits()).containsExactly(alone.logits(), within(1e-5f));
      assertThat(together.get(i).probabilities())
          .containsExactly(alone.probabilities(), within(1e-6f));
    }
  }
}
