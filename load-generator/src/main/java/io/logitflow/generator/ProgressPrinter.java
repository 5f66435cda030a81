package io.logitflow.generator;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prints a line of progress every second until it is closed. */
final class ProgressPrinter implements AutoCloseable {
  private final LoadGenerator generator;
  private final PrintWriter out;
  private final ScheduledExecutorService timer;
  private LoadProgress before = LoadProgress.NOTHING;

  ProgressPrinter(LoadGenerator generator, PrintWriter out) {
    this.generator = generator;
    this.out = out;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "generator-progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  void start() {
    var unused = timer.scheduleAtFixedRate(this::print, 1, 1, TimeUnit.SECONDS);
  }

  private void print() {
    LoadProgress now = generator.progress();
    if (now.elapsed().compareTo(before.elapsed()) > 0 && !now.finished()) {
      out.println(ProgressText.line(before, now));
      out.flush();
      before = now;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
