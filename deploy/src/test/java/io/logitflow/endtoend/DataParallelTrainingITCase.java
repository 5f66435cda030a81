package io.logitflow.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.learning.shards.ShardedOutcome;
import io.logitflow.training.TrainedWeights;
import io.logitflow.training.Trainer;
import io.logitflow.training.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Softmax regression of digits over the subtasks of a job, on a real cluster. */
class DataParallelTrainingITCase {

  /**
   * Minimum of {@code sum of cross-entropies + |W|^2 / 2} over the 1,200 training rows, by Newton's
   * method in float64, with a gradient below 1e-11.
   */
  private static final double OPTIMUM = 251.973723989902;

  /** Between two records that come during a training. */
  private static final long PAUSE_NANOS = 200_000;

  private static EmbeddedCluster cluster;
  private static TrainedWeights single;

  @BeforeAll
  static void startCluster() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 2);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    cluster = EmbeddedCluster.start(2, 2, configuration);
    try (Workers workers = new Workers(1)) {
      single =
          new Trainer(DigitsShardOperator.OPTIONS, workers)
              .train(DigitsShardOperator.rows(0, DigitsShardOperator.ROWS, 1), Optional.empty());
    }
  }

  @AfterAll
  static void stopCluster() throws Exception {
    cluster.close();
  }

  @ParameterizedTest(name = "{0} subtasks, failure {1}")
  @CsvSource({"4, NOWHERE", "2, SUBTASK", "4, COORDINATOR"})
  void findsTheOptimumOfOneSubtask(int parallelism, TestingFaults.Place fault) throws Exception {
    TestingFaults faults = TestingFaults.begin(fault);
    JobClient job = start(parallelism);
    ShardedOutcome outcome = faults.outcomes.poll(60, TimeUnit.SECONDS);
    int restarts = Attempts.restarts(cluster, job);
    job.cancel().get();

    assertThat(outcome).isNotNull();
    assertThat(outcome.rows()).isEqualTo(DigitsShardOperator.ROWS);
    assertThat(outcome.objective() * DigitsShardOperator.ROWS)
        .isCloseTo(OPTIMUM, within(1e-6 * OPTIMUM));
    assertThat(outcome.point()).containsExactly(single.point(), within(1e-3));
    if (fault == TestingFaults.Place.NOWHERE) {
      assertThat(restarts).isEqualTo(0);
      assertThat(outcome.resumedAt()).isEqualTo(0);
    } else {
      assertThat(restarts).isEqualTo(1);
      assertThat(outcome.resumedAt()).as("iterations before the failure").isGreaterThan(3);
    }
  }

  @Test
  void cancellingTheJobEndsTheTraining() throws Exception {
    TestingFaults faults = TestingFaults.begin(TestingFaults.Place.STUCK);
    JobClient job = start(2);
    faults.awaitReached();
    List<Thread> threads = threads();
    assertThat(threads).extracting(Thread::getName).contains("logitflow training 1, session 1");

    job.cancel().get();

    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(30));
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  private static JobClient start(int parallelism) throws Exception {
    StreamExecutionEnvironment env = cluster.environment();
    env.setParallelism(parallelism);
    // Numbers of rows, and then numbers that mean nothing: records go on during the training.
    env.fromSequence(0, Long.MAX_VALUE - 1)
        .setParallelism(1)
        .filter(DataParallelTrainingITCase::next)
        .setParallelism(1)
        .uid("paced")
        .broadcast()
        .transform("train", Types.LONG, new DigitsShardOperator.Factory())
        .uid("train")
        .sinkTo(new DiscardingSink<>());
    return env.executeAsync("data-parallel training");
  }

  /** Rows come at once, and what follows them at a pace that leaves the cores to the training. */
  private static boolean next(long number) {
    if (number >= DigitsShardOperator.ROWS) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(
            thread ->
                thread.getName().startsWith("logitflow training 1")
                    || thread.getName().startsWith("logitflow shard"))
        .toList();
  }
}
