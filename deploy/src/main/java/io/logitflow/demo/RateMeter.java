package io.logitflow.demo;

import java.util.ArrayList;
import java.util.List;

/** Turns a growing count, read about once a second, into rates. */
final class RateMeter {
  private static final double NANOS = 1e9;

  private final int history;
  private final List<Double> rates = new ArrayList<>();
  private long count;
  private long nanos;

  /**
   * Creates a meter.
   *
   * @param history number of rates that are remembered
   * @param nanos time of the start, as of {@link System#nanoTime}
   */
  RateMeter(int history, long nanos) {
    this.history = history;
    this.nanos = nanos;
  }

  /** The count at a time; returns the rate since the time before, per second. */
  double update(long newCount, long newNanos) {
    double rate = (newCount - count) / Math.max(1e-3, (newNanos - nanos) / NANOS);
    count = newCount;
    nanos = newNanos;
    rates.add(rate);
    if (rates.size() > history) {
      rates.remove(0);
    }
    return rate;
  }

  /** The rates up to now, oldest first. */
  List<Double> history() {
    return List.copyOf(rates);
  }
}
