package io.logitflow.classifier.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs come and go in a session cluster, each with a class loader, and the engine stays. */
class JobRestartTest {

  private static final int RESTARTS = 10;
  private static final int COLLECTIONS = 50;

  @ParameterizedTest
  @ValueSource(strings = {"convolutional.pt", "convolutional.dynamo.onnx"})
  void everyStartOfAJobScoresAlike(String file) throws Exception {
    float[] expected = new ScoreOnce(file).call();
    for (int start = 0; start < RESTARTS; start++) {
      try (JobClassLoader job = new JobClassLoader()) {
        assertThat(scoreIn(job, file)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"convolutional.pt", "convolutional.dynamo.onnx"})
  void nothingKeepsAJobThatHasEnded(String file) throws Exception {
    WeakReference<ClassLoader> ended = runJob(file);
    for (int collection = 0; collection < COLLECTIONS && ended.get() != null; collection++) {
      System.gc();
    }
    assertThat(ended.get()).isNull();
  }

  private static WeakReference<ClassLoader> runJob(String file) throws Exception {
    try (JobClassLoader job = new JobClassLoader()) {
      scoreIn(job, file);
      return new WeakReference<>(job);
    }
  }

  private static float[] scoreIn(JobClassLoader job, String file) throws Exception {
    Class<?> work = job.loadClass(ScoreOnce.class.getName());
    assertThat(work.getClassLoader()).isSameAs(job);
    return (float[]) ((Callable<?>) work.getConstructor(String.class).newInstance(file)).call();
  }
}
