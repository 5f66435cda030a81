/**
 * The sample of labelled records that models are trained with: which records are in it follows from
 * the set of records alone, so that replays, other orders and other parallelism give the same one.
 * What is held out for judging is decided here too. Training itself is in {@code
 * io.logitflow.training}.
 */
package io.logitflow.training.sample;
