package io.logitflow.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.learning.rounds.Shard;
import io.logitflow.learning.rounds.Shards;
import io.logitflow.learning.rounds.Step;
import io.logitflow.learning.rounds.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What shards that follow one another agree on, in this thread. */
class AgreedTrainingTest {

  private static final TrainingTerms TERMS = new TrainingTerms(784, List.of("Löwe", "", "a,b\n"));

  private final List<TrainingTerms> agreed = new ArrayList<>();
  private final AgreedTraining program =
      new AgreedTraining((shards, reached, progress) -> new double[] {reached.training()});

  private double[] train(Shard... shards) throws InterruptedException {
    Shards all =
        (step, question) ->
            List.of(shards).stream().map(shard -> shard.answer(step, question)).toList();
    return program.train(all, TrainingProgress.begun(7), progress -> {});
  }

  private Shard proposing(double[] proposal) {
    return (step, question) -> {
      if (step == Step.PROPOSE) {
        return proposal;
      }
      assertThat(step).isEqualTo(Step.AGREE);
      agreed.add(TrainingTerms.fromVector(question));
      return new double[0];
    };
  }

  @Test
  void allShardsKeepToWhatOneProposes() throws Exception {
    Shard follower = proposing(new double[0]);
    assertThat(train(follower, proposing(TERMS.toVector()), follower)).containsExactly(7);
    assertThat(agreed).containsExactly(TERMS, TERMS, TERMS);
  }

  @Test
  void oneShardThatWillNotTrainEndsTheTrainingOfAll() throws Exception {
    Shard leader = proposing(TERMS.toVector());
    Shard refusing = proposing(TrainingTerms.NO_TRAINING);
    assertThat(train(leader, SampledShard.LEFT_OUT)).isEqualTo(AgreedTraining.NOT_TRAINED);
    assertThat(train(refusing, proposing(new double[0]))).isEqualTo(AgreedTraining.NOT_TRAINED);
    assertThat(agreed).isEmpty();
  }

  @Test
  void withoutAProposalTheTrainingFails() {
    assertThatThrownBy(() -> train(proposing(new double[0])))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("training 7");
  }
}
