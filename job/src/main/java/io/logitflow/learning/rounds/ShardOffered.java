package io.logitflow.learning.rounds;

import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/**
 * A subtask has frozen its shard for a training and waits for questions. The training begins when
 * every subtask has said so.
 *
 * @param training number of the training, from 1 on
 */
record ShardOffered(long training) implements OperatorEvent {}
