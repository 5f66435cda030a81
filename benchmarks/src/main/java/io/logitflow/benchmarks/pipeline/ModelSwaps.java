package io.logitflow.benchmarks.pipeline;

import io.logitflow.connector.AliasAssignment;
import io.logitflow.connector.ModelKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes one of two versions the champion and then the other, again and again, on a thread of its
 * own. The job loads and checks the version each time.
 *
 * <p>A swap is two records of a producer that stays open. A command that swaps would start a JVM,
 * connect, read the topic and write in a transaction: work of whoever swaps, on a machine of its
 * own, and not of the job that is measured.
 */
final class ModelSwaps implements AutoCloseable {

  private final String bootstrapServers;
  private final String topic;
  private final String model;
  private final List<Long> versions;
  private final Thread thread = new Thread(this::swap, "model-swaps");
  private final long everyNanos;
  private volatile boolean closed;
  private int swaps;
  private ExecutionException failure;

  /**
   * Starts to swap.
   *
   * @param bootstrapServers broker
   * @param topic models topic of the run; used by nobody else meanwhile
   * @param model name of the model
   * @param versions the champion and another version, both published
   * @param every from the beginning of a swap to that of the next, unless a swap takes longer
   */
  ModelSwaps(
      String bootstrapServers, String topic, String model, List<Long> versions, Duration every) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.model = model;
    this.versions = versions;
    this.everyNanos = every.toNanos();
    thread.start();
  }

  private void swap() {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      long next = System.nanoTime() + everyNanos;
      while (!closed) {
        long left = next - System.nanoTime();
        if (left > 0) {
          TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(20)));
        } else {
          swaps++;
          name(producer, ModelKey.CHAMPION, versions.get(swaps % 2));
          name(producer, ModelKey.PREVIOUS, versions.get((swaps + 1) % 2));
          next = Math.max(next + everyNanos, System.nanoTime());
        }
      }
    } catch (ExecutionException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void name(Producer<byte[], byte[]> producer, String alias, long version)
      throws ExecutionException, InterruptedException {
    AliasAssignment assignment =
        new AliasAssignment(model, alias, version, Instant.now(), "benchmark", "a swap");
    byte[] key = assignment.key().format().getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic, key, assignment.encode())).get();
  }

  /**
   * Ends the swapping.
   *
   * @return number of swaps
   * @throws ExecutionException if one failed
   */
  int end() throws ExecutionException, InterruptedException {
    closed = true;
    thread.join();
    if (failure != null) {
      throw failure;
    }
    return swaps;
  }

  @Override
  public void close() {
    closed = true;
  }
}
