/**
 * Models and what they compute: the model container and its file formats, layers, output functions,
 * and the {@link io.logitflow.classifier.Classifier} that scores. No Flink and no Kafka.
 */
package io.logitflow.classifier;
