package io.logitflow.learning.rounds;

import java.util.List;

/** All shards of a training, wherever they are. */
@FunctionalInterface
public interface Shards {

  /**
   * Asks every shard the same, and waits for all of them.
   *
   * @param step what is asked, never {@link Step#RESULT}
   * @param question see {@link Step}; not changed until this returns
   * @return their answers in the order of the subtasks, whichever came first: so that sums of them
   *     do not depend on it
   * @throws InterruptedException when the training was stopped
   */
  List<double[]> ask(Step step, double[] question) throws InterruptedException;
}
