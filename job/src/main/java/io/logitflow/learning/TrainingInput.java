package io.logitflow.learning;

import io.logitflow.connector.ProducedRecord;

/**
 * What a source of the training job hands over. One of the two is null.
 *
 * @param event features or a label
 * @param deadLetter a record that could not be used
 */
public record TrainingInput(TrainingEvent event, ProducedRecord deadLetter) {}
