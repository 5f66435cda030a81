package io.logitflow.connector;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;

/** Hands over numbers, one per poll. */
final class TestingReader implements SourceReader<Integer, SourceSplit> {

  private final Queue<Integer> numbers = new ArrayDeque<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private int polls;
  private boolean ends;
  private boolean closed;

  /** Makes {@code count} numbers available that follow {@code first}. */
  void add(int first, int count) {
    for (int i = 0; i < count; i++) {
      numbers.add(first + i);
    }
    available.complete(null);
  }

  /** The input ends with the last number. */
  void end() {
    ends = true;
  }

  int polls() {
    return polls;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void start() {}

  @Override
  public InputStatus pollNext(ReaderOutput<Integer> output) {
    polls++;
    if (numbers.isEmpty()) {
      if (!ends) {
        available = new CompletableFuture<>();
      }
      return ends ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }
    output.collect(numbers.remove());
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public List<SourceSplit> snapshotState(long checkpointId) {
    return List.of();
  }

  @Override
  public void addSplits(List<SourceSplit> splits) {}

  @Override
  public void notifyNoMoreSplits() {}

  @Override
  public void close() {
    closed = true;
  }
}
