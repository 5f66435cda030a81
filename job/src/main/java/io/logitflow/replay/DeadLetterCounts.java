package io.logitflow.replay;

import io.logitflow.connector.ProducedRecord;
import io.logitflow.schema.DeadLetter;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import org.apache.flink.api.common.functions.MapFunction;

/** Counts records that could not be used, by reason, in place of writing them a second time. */
public final class DeadLetterCounts implements MapFunction<ProducedRecord, Finding> {

  private static final long serialVersionUID = 1L;

  private final String source;

  /**
   * Counts.
   *
   * @param source what they are, such as {@code features}: begins the name of the count
   */
  public DeadLetterCounts(String source) {
    this.source = source;
  }

  @Override
  public Finding map(ProducedRecord letter) throws IOException {
    DeadLetter decoded = SingleObjects.decode(DeadLetter.getDecoder(), letter.value());
    return Finding.count(name(source, decoded.getReason()), 1);
  }

  /** The name of a count. */
  static String name(String source, DeadLetterReason reason) {
    return "deadLetters." + source + "." + reason;
  }
}
