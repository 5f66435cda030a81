package io.logitflow.learning;

import io.logitflow.connector.ProducedRecord;
import java.util.Optional;

/**
 * What a training has come to.
 *
 * @param decision for the decisions topic
 * @param evaluation for the evaluations topic; empty if nothing was trained
 */
record TrainingOutcome(ProducedRecord decision, Optional<ProducedRecord> evaluation) {}
