package io.logitflow.replay;

import io.logitflow.connector.ConsumedRecord;
import java.util.List;

/**
 * A record of the predictions topic.
 *
 * @param record where it is, and its bytes
 * @param predictions the prediction, and then the shadow predictions that stand in it
 */
public record LoggedRecord(ConsumedRecord record, List<LoggedPrediction> predictions) {}
