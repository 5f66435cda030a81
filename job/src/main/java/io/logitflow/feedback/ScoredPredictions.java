package io.logitflow.feedback;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.ProducedRecord;
import io.logitflow.connector.wire.RecordDecoder;
import io.logitflow.connector.wire.WireFormats.RecordDecoderFactory;
import io.logitflow.schema.Prediction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Predictions that a scoring operator has just written, as if they had been read from a topic. */
public final class ScoredPredictions extends RichMapFunction<ProducedRecord, FeedbackEvent> {

  private static final long serialVersionUID = 1L;

  private final RecordDecoderFactory<Prediction> decoders;
  private transient RecordDecoder<Prediction> decoder;

  /** Creates the function. */
  public ScoredPredictions(RecordDecoderFactory<Prediction> decoders) {
    this.decoders = decoders;
  }

  @Override
  public void open(OpenContext context) {
    decoder = decoders.get();
  }

  @Override
  public FeedbackEvent map(ProducedRecord record) throws BadRecordException {
    return FeedbackReaders.event(decoder.decode(record.value()));
  }
}
