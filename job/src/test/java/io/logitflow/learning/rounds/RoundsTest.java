package io.logitflow.learning.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private static final double[] QUESTION = IntStream.range(0, 10).asDoubleStream().toArray();

  /** Doubles a point until it is above 100; what shards answer is added to it. */
  private static final RoundProgram DOUBLING =
      (shards, reached, progress) -> {
        double[] point = reached.isResumed() ? reached.point() : new double[] {1};
        for (int i = reached.iterations(); point[0] <= 100; i++) {
          double sum = 0;
          for (double[] answer : shards.ask(Step.LOSS, point)) {
            sum += answer[0];
          }
          point = new double[] {sum};
          progress.accept(new TrainingProgress(reached.training(), i + 1, point));
        }
        return new double[] {point[0], reached.iterations()};
      };

  @Nested
  class Vectors {

    @Test
    void arriveWholeWhenTheyAreLargerThanAPart() throws Exception {
      RoundProgram program =
          (shards, reached, progress) ->
              shards.ask(Step.SURVEY, QUESTION).stream()
                  .flatMapToDouble(DoubleStream::of)
                  .toArray();
      try (TestingJob job = new TestingJob(2, program).start()) {
        job.offer(1, (step, question) -> DoubleStream.of(question).map(x -> -x).toArray());
        job.deliverUntil(() -> job.results.size() == 2);
        double[] expected = IntStream.range(0, 20).mapToDouble(i -> -QUESTION[i % 10]).toArray();
        assertThat(job.results).extracting(TestingJob.Result::subtask).containsExactly(0, 1);
        assertThat(job.results)
            .allSatisfy(result -> assertThat(result.vector()).containsExactly(expected));
      }
    }

    @Test
    void mayBeEmpty() throws Exception {
      RoundProgram program =
          (shards, reached, progress) ->
              new double[] {shards.ask(Step.SURVEY, new double[0]).get(1).length};
      try (TestingJob job = new TestingJob(2, program).start()) {
        job.offer(1, (step, question) -> question);
        job.deliverUntil(() -> job.results.size() == 2);
        assertThat(job.results.get(0).vector()).containsExactly(0);
      }
    }

    @Test
    void areAddedInTheOrderOfTheSubtasksWhicheverAnswersFirst() throws Exception {
      RoundProgram program =
          (shards, reached, progress) ->
              shards.ask(Step.SURVEY, new double[0]).stream()
                  .flatMapToDouble(DoubleStream::of)
                  .toArray();
      CountDownLatch othersAnswered = new CountDownLatch(1);
      try (TestingJob job = new TestingJob(2, program).start()) {
        job.subtask(0)
            .offer(
                1,
                (step, question) -> {
                  await(othersAnswered);
                  return new double[] {0};
                });
        job.subtask(1)
            .offer(
                1,
                (step, question) -> {
                  // Behind the answer, in the same queue.
                  job.deliver(() -> job.deliver(() -> job.deliver(othersAnswered::countDown)));
                  return new double[] {1};
                });
        job.deliverUntil(() -> job.results.size() == 2);
        assertThat(job.results.get(0).vector()).containsExactly(0, 1);
      }
    }
  }

  @Nested
  class Trainings {

    @Test
    void beginWhenAllSubtasksHaveOfferedAShard() throws Exception {
      try (TestingJob job = new TestingJob(3, DOUBLING).start()) {
        job.subtask(2).offer(1, RoundsTest::same);
        job.subtask(0).offer(1, RoundsTest::same);
        job.deliverAll();
        assertThat(job.coordinator.trainingThread()).isNull();
        job.subtask(1).offer(1, RoundsTest::same);
        job.deliverUntil(() -> job.results.size() == 3);
        assertThat(job.results.get(0).vector()).containsExactly(243, 0);
      }
    }

    @Test
    void followOneAnotherEvenWhenASubtaskOffersBeforeOthersHaveTheResult() throws Exception {
      try (TestingJob job = new TestingJob(2, DOUBLING).start()) {
        job.offer(1, RoundsTest::same);
        job.deliverUntil(() -> !job.results.isEmpty());
        job.subtask(0).offer(2, RoundsTest::same);
        job.deliverUntil(() -> job.results.size() == 2);
        job.subtask(1).offer(2, RoundsTest::same);
        job.deliverUntil(() -> job.results.size() == 4);
        assertThat(job.results)
            .extracting(TestingJob.Result::training)
            .containsExactly(1L, 1L, 2L, 2L);
      }
    }

    @Test
    void doNotBeginWithAnotherShardBeforeTheyHaveEnded() {
      try (TestingJob job = new TestingJob(1, DOUBLING).start()) {
        job.offer(1, RoundsTest::same);
        assertThatThrownBy(() -> job.offer(2, RoundsTest::same))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("a shard for training 2, but training 1 has not ended");
      }
    }
  }

  @Nested
  class Failures {

    @Test
    void ofASubtaskVoidTheRoundAndTheNextSessionStartsFromThePointReached() throws Exception {
      List<double[]> asked = Collections.synchronizedList(new ArrayList<>());
      CountDownLatch never = new CountDownLatch(1);
      try (TestingJob job = new TestingJob(2, DOUBLING).start()) {
        job.subtask(0)
            .offer(
                1,
                (step, question) -> {
                  asked.add(question);
                  return question;
                });
        job.subtask(1)
            .offer(
                1,
                (step, question) -> {
                  if (question[0] == 8) {
                    job.deliver(() -> job.failSubtask(1));
                    await(never);
                  }
                  return question;
                });
        job.deliverUntil(() -> job.coordinator.trainingThread() != null);
        job.deliverUntil(() -> job.subtask(1) == null);

        job.startSubtask(1);
        job.subtask(1).offer(1, RoundsTest::same);
        job.deliverUntil(() -> job.results.size() == 2);
        assertThat(job.results.get(0).vector()).as("result, resumed at").containsExactly(128, 3);
        assertThat(asked)
            .extracting(question -> question[0])
            .as("8 was asked twice: before and after the failure")
            .containsExactly(1.0, 2.0, 4.0, 8.0, 8.0, 16.0, 32.0, 64.0);
      }
    }

    @Test
    void ofTheJobStartFromThePointOfTheCheckpoint() throws Exception {
      AtomicInteger rounds = new AtomicInteger();
      byte[][] checkpoint = new byte[1][];
      try (TestingJob job = new TestingJob(2, DOUBLING).start()) {
        job.offer(
            1,
            (step, question) -> {
              if (rounds.incrementAndGet() == 9) {
                job.deliver(() -> checkpoint[0] = job.checkpoint());
              }
              return question;
            });
        job.deliverUntil(() -> checkpoint[0] != null);
      }
      try (TestingJob restored = new TestingJob(4, DOUBLING)) {
        restored.coordinator.resetToCheckpoint(1, checkpoint[0]);
        restored.start();
        restored.offer(1, RoundsTest::same);
        restored.deliverUntil(() -> restored.results.size() == 4);
        assertThat(restored.results.get(0).vector())
            .as("from 16 on, times 4; resumed after 4 iterations")
            .containsExactly(256, 4);
      }
    }

    @Test
    void leaveNothingOfOneTrainingToAnother() throws Exception {
      try (TestingJob restored = new TestingJob(2, DOUBLING)) {
        restored.coordinator.resetToCheckpoint(
            1, new TrainingProgress(6, 3, new double[] {64}).toBytes());
        restored.start();
        restored.offer(7, RoundsTest::same);
        restored.deliverUntil(() -> restored.results.size() == 2);
        assertThat(restored.results.get(0).vector()).containsExactly(128, 0);
      }
    }

    @Test
    void ofAShardFailItsTask() {
      try (TestingJob job = new TestingJob(2, DOUBLING).start()) {
        job.offer(
            1,
            (step, question) -> {
              throw new IllegalArgumentException("row 3 is bad");
            });
        assertThatThrownBy(() -> job.deliverUntil(() -> false))
            .hasMessageContaining("row 3 is bad")
            .hasRootCauseInstanceOf(IllegalArgumentException.class);
      }
    }

    @Test
    void ofTheProgramFailTheJob() throws Exception {
      RoundProgram program =
          (shards, reached, progress) -> {
            throw new IllegalStateException("no rows");
          };
      try (TestingJob job = new TestingJob(1, program).start()) {
        job.offer(1, RoundsTest::same);
        job.deliverAll();
        job.context.getJobFailedFuture().get();
        assertThat(job.context.getJobFailureReason()).hasMessage("no rows");
      }
    }
  }

  @Test
  void closingTheCoordinatorEndsItsThread() throws Exception {
    try (TestingJob job = new TestingJob(2, DOUBLING).start()) {
      job.offer(1, RoundsTest::same);
      job.deliverAll();
      Thread thread = job.coordinator.trainingThread();
      job.coordinator.close();
      thread.join();
      assertThat(job.context.isJobFailed()).isFalse();
    }
  }

  private static double[] same(Step step, double[] question) {
    return question;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("the subtask was closed", e);
    }
  }
}
