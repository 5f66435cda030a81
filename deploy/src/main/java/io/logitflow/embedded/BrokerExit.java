package io.logitflow.embedded;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a broker from ending the whole JVM. A Kafka broker that cannot go on, for instance because
 * its disk is full, halts its JVM without a word; here other things live in it.
 */
final class BrokerExit {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerExit.class);
  private static final AtomicReference<String> REASON = new AtomicReference<>();

  private BrokerExit() {}

  /** From now on a broker that wants to end the JVM only ends the thread that wants it. */
  static void prevent() {
    Exit.setExitProcedure(BrokerExit::refuse);
    Exit.setHaltProcedure(BrokerExit::refuse);
  }

  /** Forgets earlier reasons: a broker starts anew. */
  static void reset() {
    REASON.set(null);
  }

  /** Why a broker of this JVM wanted to end it. */
  static Optional<String> reason() {
    return Optional.ofNullable(REASON.get());
  }

  private static void refuse(int code, String message) {
    String reason = message == null ? "the broker ended with code " + code : message;
    REASON.compareAndSet(null, reason);
    LOG.error("The broker cannot go on: {}", reason);
    throw new KafkaException("the broker cannot go on: " + reason);
  }
}
