package io.logitflow.generator.sink;

/** A topic and how records spread over it. */
public record TopicTarget(String topic, Partitioning partitioning) {}
