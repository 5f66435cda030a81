package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.classifier.LoadedModels.LoadedModel;
import io.logitflow.classifier.kernel.KernelChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LoadedModelsTest {

  private final LoadedModels models = new LoadedModels();

  private LoadedModel acquire(Model model) throws InvalidModelException {
    return acquire(ModelContainer.encode(model));
  }

  private LoadedModel acquire(byte[] container) throws InvalidModelException {
    return models.acquire(container, KernelChoice.SCALAR, Placement.CPU);
  }

  private static Model small() throws InvalidModelException {
    return TestingModels.builder().build();
  }

  /** z = (1 - 2 + 0.5 + 0.5, 0.25 + 3 - 0.5) of the weights and biases of the small model. */
  private static void assertScores(LoadedModel loaded) {
    Scores scores = new Scores(1, 2);
    loaded.classifier().classify(FeatureBatch.of(new float[] {1, 1, 1}, 1), scores);
    assertThat(scores.logits()).containsExactly(0f, 2.75f);
  }

  @Test
  void usersOfTheSameVersionShareItsModelAndItsWeights() throws InvalidModelException {
    LoadedModel first = acquire(small());
    LoadedModel second = acquire(small());
    assertThat(second.model()).isSameAs(first.model());
    assertThat(SharedClassifier.unwrap(second.classifier()))
        .isSameAs(SharedClassifier.unwrap(first.classifier()))
        .isInstanceOf(NetworkClassifier.class);
    assertScores(first);
    assertScores(second);
  }

  @Test
  void aVersionGoesWithItsLastUser() throws InvalidModelException {
    LoadedModel first = acquire(small());
    LoadedModel second = acquire(small());
    first.classifier().close();
    first.classifier().close();
    assertThat(models.size()).isEqualTo(1);
    assertScores(second);
    second.classifier().close();
    assertThat(models.size()).isZero();
    assertScores(acquire(small()));
  }

  @Test
  void anotherCalibrationIsAnotherVersion() throws InvalidModelException {
    LoadedModel first = acquire(small());
    LoadedModel recalibrated =
        acquire(TestingModels.builder().calibration(new Calibration(1, 2)).build());
    assertThat(models.size()).isEqualTo(2);
    assertThat(first.model().calibrationVersion()).isZero();
    assertThat(recalibrated.model().calibrationVersion()).isEqualTo(1);
  }

  @Test
  void ofABadVersionNothingStays() throws InvalidModelException {
    byte[] cut = new byte[20];
    System.arraycopy(ModelContainer.encode(small()), 0, cut, 0, cut.length);
    assertThatThrownBy(() -> acquire(cut)).isInstanceOf(InvalidModelException.class);
    assertThat(models.size()).isZero();
  }

  @Test
  void whoAsksWhileItIsBeingLoadedGetsTheSame() throws Exception {
    byte[] container = ModelContainer.encode(small());
    int users = 4;
    CyclicBarrier start = new CyclicBarrier(users);
    ExecutorService threads = Executors.newFixedThreadPool(users);
    try {
      List<Future<LoadedModel>> loading = new ArrayList<>();
      for (int user = 0; user < users; user++) {
        loading.add(
            threads.submit(
                () -> {
                  start.await();
                  return acquire(container);
                }));
      }
      List<Classifier> shared = new ArrayList<>();
      for (Future<LoadedModel> loaded : loading) {
        shared.add(SharedClassifier.unwrap(loaded.get().classifier()));
      }
      assertThat(shared).hasSize(users).allMatch(each -> each == shared.get(0));
      for (Future<LoadedModel> loaded : loading) {
        loaded.get().classifier().close();
      }
      assertThat(models.size()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }
}
