package io.logitflow.connector.fetch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** Notes what an enumerator tells its readers; runs what it calls at once, in its thread. */
final class TestingEnumeratorContext implements SplitEnumeratorContext<KafkaPartitionSplit> {

  private final int parallelism;
  private final Map<Integer, ReaderInfo> readers = new HashMap<>();
  private final Map<String, Integer> readerOf = new HashMap<>();
  private final List<String> events = new ArrayList<>();

  TestingEnumeratorContext(int parallelism) {
    this.parallelism = parallelism;
  }

  void addReader(int subtask) {
    readers.put(subtask, new ReaderInfo(subtask, "here"));
  }

  void removeReader(int subtask) {
    readers.remove(subtask);
  }

  List<String> events() {
    return events;
  }

  int readerOf(String split) {
    return readerOf.get(split);
  }

  @Override
  public void assignSplits(SplitsAssignment<KafkaPartitionSplit> assignment) {
    assignment
        .assignment()
        .forEach(
            (reader, splits) ->
                splits.forEach(
                    split -> {
                      readerOf.put(split.splitId(), reader);
                      events.add("reader %d gets %s".formatted(reader, split.splitId()));
                    }));
  }

  @Override
  public void signalNoMoreSplits(int subtask) {
    events.add("reader %d gets no more".formatted(subtask));
  }

  @Override
  public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    T result;
    try {
      result = callable.call();
    } catch (Exception e) {
      handler.accept(null, e);
      return;
    }
    handler.accept(result, null);
  }

  @Override
  public <T> void callAsync(
      Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
    throw new UnsupportedOperationException("a bounded source looks for partitions once");
  }

  @Override
  public void runInCoordinatorThread(Runnable runnable) {
    runnable.run();
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
  }

  @Override
  public void sendEventToSourceReader(int subtask, SourceEvent event) {
    throw new UnsupportedOperationException("no events are sent to Kafka's readers");
  }

  @Override
  public int currentParallelism() {
    return parallelism;
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return readers;
  }
}
