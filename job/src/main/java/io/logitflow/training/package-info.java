/**
 * Trainers and optimisers over arrays of rows: what they minimise, how, and the model that comes
 * out. No Flink and no Kafka: where rows come from and where models go is known elsewhere.
 */
package io.logitflow.training;
