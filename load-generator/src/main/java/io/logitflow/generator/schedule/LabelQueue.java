package io.logitflow.generator.schedule;

import java.util.PriorityQueue;

/**
 * Labels that are not known yet, ordered by when they will be.
 *
 * <p>On average it holds rate x mean delay labels of about 150 bytes, and never more than its
 * capacity: the caller takes the earliest one out early when it is full. Not thread-safe.
 */
public final class LabelQueue {
  private final int capacity;
  private final PriorityQueue<Pending> queue = new PriorityQueue<>();
  private long added;

  /** Makes an empty queue for at most {@code capacity} labels. */
  public LabelQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds a label.
   *
   * @param label what is sent
   * @param dueNanos when, on the caller's clock
   * @throws IllegalStateException if the queue is full
   */
  public void add(PendingLabel label, long dueNanos) {
    if (isFull()) {
      throw new IllegalStateException("the queue holds its " + capacity + " labels already");
    }
    queue.add(new Pending(dueNanos, added++, label));
  }

  /** When the earliest label is due; {@link Long#MAX_VALUE} if there is none. */
  public long earliestDueNanos() {
    Pending first = queue.peek();
    return first == null ? Long.MAX_VALUE : first.dueNanos;
  }

  /**
   * Takes the earliest label out; null if there is none. Labels due at the same time come in the
   * order they were added.
   */
  public PendingLabel poll() {
    Pending first = queue.poll();
    return first == null ? null : first.label;
  }

  /** Forgets every label. */
  public void clear() {
    queue.clear();
  }

  /** Number of labels. */
  public int size() {
    return queue.size();
  }

  /** Whether nothing can be added. */
  public boolean isFull() {
    return queue.size() >= capacity;
  }

  private record Pending(long dueNanos, long order, PendingLabel label)
      implements Comparable<Pending> {
    @Override
    public int compareTo(Pending other) {
      int byDue = Long.compare(dueNanos, other.dueNanos);
      return byDue != 0 ? byDue : Long.compare(order, other.order);
    }
  }
}
