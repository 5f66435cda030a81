package io.logitflow.learning.rounds;

/** The rows that a subtask has frozen for a training. */
@FunctionalInterface
public interface Shard {

  /**
   * Answers a question of the training. Called by one thread at a time, which is not that of the
   * task.
   *
   * @param step what is asked, never {@link Step#RESULT}
   * @param question see {@link Step}; not changed
   * @return the answer; of length 0 if the shard has nothing to say
   */
  double[] answer(Step step, double[] question);
}
