package io.logitflow.config;

import java.io.Serializable;

/**
 * Names of the topics, with their prefix.
 *
 * @param features records to classify
 * @param predictions predictions of the champion, with those of challengers in them
 * @param labels what records turned out to be
 * @param calibration calibration statistics; upserts, hence best compacted
 * @param decisions decisions on models, with their evidence
 * @param models model versions and aliases; compacted
 * @param evaluations reports of replays and trainings
 * @param deadLetters what could not be used
 */
public record TopicNames(
    String features,
    String predictions,
    String labels,
    String calibration,
    String decisions,
    String models,
    String evaluations,
    String deadLetters)
    implements Serializable {}
