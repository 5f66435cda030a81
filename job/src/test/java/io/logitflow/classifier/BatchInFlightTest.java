package io.logitflow.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchInFlightTest {

  private final CountDownLatch mayScore = new CountDownLatch(1);

  @Test
  void theCallerGoesOnWhileABatchIsScored() throws InterruptedException {
    Scores scores = new Scores(1, 1);
    try (BatchInFlight inFlight = new BatchInFlight("test")) {
      inFlight.start(new Doubling(), FeatureBatch.of(new float[] {3}, 1), scores);
      // The classifier waits for what is done only here.
      mayScore.countDown();
      inFlight.await();

      assertThat(scores.logits()).containsExactly(6);
      assertThat(inFlight.isPending()).isFalse();
    }
  }

  @Test
  void resultsComeInTheOrderOfTheBatches() throws InterruptedException {
    mayScore.countDown();
    float[][] features = {{0}, {0}};
    Scores[] scores = {new Scores(1, 1), new Scores(1, 1)};
    StringBuilder results = new StringBuilder();
    try (BatchInFlight inFlight = new BatchInFlight("test")) {
      for (int batch = 0; batch < 6; batch++) {
        int side = batch % 2;
        features[side][0] = batch;
        if (inFlight.isPending()) {
          inFlight.await();
          results.append((int) scores[1 - side].logits()[0]).append(' ');
        }
        inFlight.start(new Doubling(), FeatureBatch.of(features[side], 1), scores[side]);
      }
      inFlight.await();
      results.append((int) scores[1].logits()[0]);
    }
    assertThat(results).hasToString("0 2 4 6 8 10");
  }

  @Test
  void aSecondBatchIsRefusedWhileOneIsInFlight() {
    try (BatchInFlight inFlight = new BatchInFlight("test")) {
      inFlight.start(new Doubling(), FeatureBatch.of(new float[1], 1), new Scores(1, 1));

      assertThatThrownBy(
              () ->
                  inFlight.start(
                      new Doubling(), FeatureBatch.of(new float[1], 1), new Scores(1, 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("await it");
      mayScore.countDown();
    }
  }

  @Test
  void aFailureShowsWhereTheResultsAreAwaited() throws InterruptedException {
    mayScore.countDown();
    try (BatchInFlight inFlight = new BatchInFlight("test")) {
      inFlight.start(new Doubling(), FeatureBatch.of(new float[0], 1), new Scores(1, 1));

      assertThatThrownBy(inFlight::await)
          .isInstanceOf(IllegalStateException.class)
          .hasCauseInstanceOf(IndexOutOfBoundsException.class);
      inFlight.start(new Doubling(), FeatureBatch.of(new float[1], 1), new Scores(1, 1));
      inFlight.await();
    }
  }

  @Test
  void closingWaitsForTheBatchInFlight() {
    Scores scores = new Scores(1, 1);
    BatchInFlight inFlight = new BatchInFlight("test");
    inFlight.start(new Doubling(), FeatureBatch.of(new float[] {2}, 1), scores);
    mayScore.countDown();

    inFlight.close();

    assertThat(scores.logits()).containsExactly(4);
  }

  /** Doubles the only feature, once it may. */
  private final class Doubling implements Classifier {

    @Override
    public int featureCount() {
      return 1;
    }

    @Override
    public int classCount() {
      return 1;
    }

    @Override
    public void classify(FeatureBatch batch, Scores scores) {
      try {
        mayScore.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      scores.logits()[0] = 2 * batch.values()[0];
    }

    @Override
    public void close() {}
  }
}
