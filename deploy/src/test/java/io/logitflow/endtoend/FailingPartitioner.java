package io.logitflow.endtoend;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;

/**
 * Makes a job fail in the middle of handing on a micro-batch: a producer that chooses partitions by
 * this class throws in {@code send}, once each time that a failure is planned.
 */
public final class FailingPartitioner implements Partitioner {

  private static final AtomicInteger UNTIL_FAILURE = new AtomicInteger(-1);

  /** Plans a failure of whichever task of this JVM sends its {@code records}-th record from now. */
  static void failAfter(int records) {
    UNTIL_FAILURE.set(records);
  }

  /** Whether the planned failure has happened. */
  static boolean hasFailed() {
    return UNTIL_FAILURE.get() < 0;
  }

  @Override
  public int partition(
      String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
    if (UNTIL_FAILURE.get() >= 0 && UNTIL_FAILURE.getAndDecrement() == 0) {
      throw new IllegalStateException("A failure that the test planned");
    }
    return Math.floorMod(Arrays.hashCode(keyBytes), cluster.partitionCountForTopic(topic));
  }

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public void close() {}
}
