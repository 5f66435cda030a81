package io.logitflow.endtoend;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends the records of {@link TestRecords} at a steady rate, beside the test. */
final class SteadyLoad implements AutoCloseable {

  private static final int ROUND_MILLIS = 10;

  private final Topics topics;
  private final int perRound;
  private final AtomicLong sent = new AtomicLong();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  private SteadyLoad(Topics topics, int perRound) {
    this.topics = topics;
    this.perRound = perRound;
  }

  /** Starts to send. */
  static SteadyLoad start(Topics topics, int recordsPerSecond) {
    SteadyLoad load = new SteadyLoad(topics, recordsPerSecond * ROUND_MILLIS / 1000);
    var unused =
        load.thread.scheduleAtFixedRate(load::round, 0, ROUND_MILLIS, TimeUnit.MILLISECONDS);
    return load;
  }

  private void round() {
    for (int i = 0; i < perRound; i++) {
      long record = sent.get();
      topics.send(Topics.FEATURES, TestRecords.id(record), TestRecords.encode(record));
      sent.incrementAndGet();
    }
  }

  /** How many records were sent up to now. */
  long sent() {
    return sent.get();
  }

  /** Ends the load once at least this many records were sent; returns how many when all arrived. */
  long stopAfter(long records) throws Exception {
    Await.until(records + " records sent", () -> sent.get() >= records);
    close();
    topics.flush();
    return sent.get();
  }

  @Override
  public void close() throws InterruptedException {
    thread.shutdown();
    if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new AssertionError("The load did not end");
    }
  }
}
