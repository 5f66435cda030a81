package io.logitflow.learning.rounds;

import java.io.Serializable;

/**
 * Which round a vector belongs to.
 *
 * @param training number of the training, from 1 on, as the shards count them
 * @param session attempts of the coordinator at any training since it was created, from 1 on: what
 *     an attempt before a failure asked is answered no more
 * @param round questions of the session, from 1 on
 */
record RoundId(long training, int session, int round) implements Serializable {}
