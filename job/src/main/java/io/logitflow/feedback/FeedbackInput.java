package io.logitflow.feedback;

import io.logitflow.connector.ProducedRecord;

/**
 * What a source of the feedback job hands over. One of the two is null.
 *
 * @param event predictions or a label
 * @param deadLetter a record that could not be used
 */
public record FeedbackInput(FeedbackEvent event, ProducedRecord deadLetter) {}
