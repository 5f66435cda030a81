package io.logitflow.connector;

import io.logitflow.schema.Decision;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Records of the decisions topic: the key is the name of the model. */
public final class DecisionRecords {

  private DecisionRecords() {}

  /** The record of a decision. */
  public static ProducedRecord of(Decision decision) {
    return new ProducedRecord(
        decision.getModel().getBytes(StandardCharsets.UTF_8),
        SingleObjects.encode(Decision.getEncoder(), decision),
        decision.getDecidedAt().toEpochMilli());
  }

  /**
   * The decision of a record.
   *
   * @param value its value; may be null
   * @throws IOException if it is none
   */
  static Decision decode(byte[] value) throws IOException {
    if (value == null) {
      throw new IOException("no value");
    }
    return SingleObjects.decode(Decision.getDecoder(), value);
  }
}
