package io.logitflow.demo;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.Guarantee;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.console.Quantity;
import io.logitflow.console.StopSignal;
import io.logitflow.console.Terminal;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.embedded.EmbeddedCluster;
import io.logitflow.generator.LoadProgress;
import io.logitflow.generator.dataset.DatasetException;
import io.logitflow.schema.Decision;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.kafka.common.KafkaException;

/**
 * One run of the demo: starts everything in order, shows what happens, and stops in the opposite
 * order: generator, job, cluster, broker.
 */
final class Demo {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);
  private static final Duration DRAIN_LIMIT_AFTER_SIGNAL = Duration.ofSeconds(5);
  private static final Duration GLANCE = Duration.ofMillis(50);

  /** Labels that came out of time are never measured. */
  private static final Duration MEASURING_LIMIT = Duration.ofSeconds(5);

  /** A champion that is not seen until then may serve all the same; what follows will show. */
  private static final Duration MODEL_LIMIT = Duration.ofSeconds(15);

  private static final int TRIM_EVERY_SECONDS = 2;
  private static final long FULL_BELOW_BYTES = 100_000_000;

  /** As the operating system says it. */
  private static final String DISK_FULL = "No space left on device";

  /** The broker deletes at once what it is told to delete. */
  private static final Map<String, String> BROKER_SETTINGS =
      Map.of(
          "log.retention.check.interval.ms", "1000",
          "log.segment.delete.delay.ms", "1000",
          "log.initial.task.delay.ms", "1000");

  private final DemoConfig config;
  private final DemoDirectory directory;
  private final Terminal terminal;
  private final StopSignal signal;
  private final DemoReport report;
  private final DashboardView view;

  Demo(
      DemoConfig config,
      DemoDirectory directory,
      Terminal terminal,
      StopSignal signal,
      DemoReport report) {
    this.config = config;
    this.directory = directory;
    this.terminal = terminal;
    this.signal = signal;
    this.report = report;
    this.view = new DashboardView(terminal.glyphs());
  }

  /**
   * Runs the demo.
   *
   * @return 0 if every record that was sent was scored, else 1
   * @throws DemoException if it cannot start or go on
   */
  int run() throws DemoException, InterruptedException {
    terminal.line("Starting a Kafka broker and a Flink cluster ...");
    LatencyWindow latency = new LatencyWindow();
    DemoTopics topics = DemoTopics.forParallelism(config.parallelism());
    try (EmbeddedBroker broker =
            EmbeddedBroker.start(directory.broker(), config.port(), BROKER_SETTINGS);
        EmbeddedCluster cluster =
            EmbeddedCluster.start(1, DemoJobs.slots(config), clusterConfiguration())) {
      goOn();
      topics.createOn(broker);
      publishModel(broker, topics);
      goOn();
      try (DemoJobs jobs = DemoJobs.submit(config, broker, cluster);
          OutputReader reader =
              new OutputReader(broker.bootstrapServers(), topics, config.feedback(), latency);
          TopicTrimmer trimmer =
              new TopicTrimmer(
                  broker.bootstrapServers(),
                  topics,
                  reader,
                  jobs.scoring().consumerGroup(),
                  jobs.feedback().map(DemoJob::consumerGroup))) {
        reader.start();
        jobs.awaitRunning(signal);
        JobMetrics metrics = new JobMetrics(cluster.webUi(), jobs.scoring().id());
        awaitChampion(metrics, jobs);
        goOn();
        return new Run(broker, cluster, topics, jobs, metrics, reader, trimmer, latency).run();
      }
    } catch (BindException e) {
      throw new DemoException(e.getMessage() + " (--port)", e);
    } catch (IOException
        | KafkaException
        | ModelTopicException
        | DatasetException
        | InvalidModelException
        | ConfigurationException e) {
      throw failure("the demo cannot go on", e);
    }
  }

  /** Waits until the model is checked and warm, a job has failed, or a signal comes. */
  private void awaitChampion(JobMetrics metrics, DemoJobs jobs) throws InterruptedException {
    long deadline = System.nanoTime() + MODEL_LIMIT.toNanos();
    while (!metrics.hasChampion() && jobs.failed().isEmpty() && System.nanoTime() < deadline) {
      if (signal.await(GLANCE)) {
        return;
      }
    }
  }

  private void goOn() throws DemoException {
    if (signal.isRequested()) {
      throw new DemoException("stopped before anything was sent");
    }
  }

  private Configuration clusterConfiguration() {
    Configuration configuration = new Configuration();
    configuration.set(CoreOptions.TMP_DIRS, directory.cluster().resolve("tmp").toString());
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        directory.cluster().resolve("checkpoints").toUri().toString());
    configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, SECOND);
    // A job that fails three times is not shown running.
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, SECOND);
    return configuration;
  }

  private void publishModel(EmbeddedBroker broker, DemoTopics topics)
      throws IOException, InvalidModelException, ModelTopicException {
    Model model = DemoModel.of(config.dataset(), config.trainer(), directory.path());
    try (ModelTopic models = new ModelTopic(broker.bootstrapServers(), topics.models(), Map.of())) {
      models.createIfMissing();
      long version = models.publish(model);
      models.promote(model.name(), version, "logitflow demo", "first version");
    }
  }

  private DemoException failure(String what, Throwable cause) {
    directory.keepLogAtEnd();
    if (isDiskFull(cause)) {
      return new DemoException(
          "the disk of %s is full: name another directory with --data-dir, or send less"
              .formatted(directory.path()),
          cause);
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = root.getMessage() == null ? root.toString() : root.getMessage();
    return new DemoException(
        "%s: %s; the log is %s".formatted(what, reason, directory.log()), cause);
  }

  private boolean isDiskFull(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(DISK_FULL)) {
        return true;
      }
    }
    return isDiskFull();
  }

  private boolean isDiskFull() {
    try {
      return directory.free() < FULL_BELOW_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  /** From the first record to the summary. */
  private final class Run {
    private final EmbeddedBroker broker;
    private final DemoJobs jobs;
    private final OutputReader reader;
    private final TopicTrimmer trimmer;
    private final LatencyWindow latency;
    private final DemoTraffic traffic;
    private final DemoProgress progress;
    private boolean commandShown;
    private boolean driftShown;
    private int decisionsShown;

    Run(
        EmbeddedBroker broker,
        EmbeddedCluster cluster,
        DemoTopics topics,
        DemoJobs jobs,
        JobMetrics metrics,
        OutputReader reader,
        TopicTrimmer trimmer,
        LatencyWindow latency)
        throws DatasetException {
      this.broker = broker;
      this.jobs = jobs;
      this.reader = reader;
      this.trimmer = trimmer;
      this.latency = latency;
      this.traffic = DemoTraffic.of(config, broker.bootstrapServers(), topics);
      this.progress =
          new DemoProgress(
              config.title(terminal.glyphs().separator()),
              config.duration(),
              reader,
              latency,
              metrics,
              new DemoSnapshot.Addresses(
                  broker.bootstrapServers(),
                  cluster.webUi().toString(),
                  directory.log().toString(),
                  calibrationCommand()));
    }

    int run() throws DemoException, InterruptedException {
      traffic.start();
      try {
        send();
      } finally {
        traffic.stop();
      }
      drain();
      DemoSummary summary =
          new DemoSummary(
              traffic.progress().sentFeatures(),
              reader.observe(),
              reader.observeCalibration(),
              progress.startTime(),
              traffic.progress().elapsed(),
              latency.wholeRun(),
              latency.warmedUp(),
              config.delivery() == Guarantee.EXACTLY_ONCE);
      terminal.line("");
      summary.lines().forEach(terminal::line);
      if (!summary.complete()) {
        directory.keepLogAtEnd();
        terminal.line("The log is " + directory.log());
        return 1;
      }
      if (config.drift() && !signal.isRequested()) {
        jobs.close();
        terminal.line("");
        return report.write(broker.bootstrapServers(), config.dataset());
      }
      return 0;
    }

    private void send() throws DemoException, InterruptedException {
      long next = System.nanoTime() + SECOND.toNanos();
      int seconds = 0;
      while (!traffic.hasEnded() && !signal.await(GLANCE)) {
        traffic.holdBack(Math.max(backlog(), trimmer.behind()) > config.maxBacklog());
        if (System.nanoTime() >= next) {
          next = Math.max(next + SECOND.toNanos(), System.nanoTime());
          seconds++;
          checkHealth();
          show(DemoSnapshot.Phase.RUNNING);
          if (!config.keepsRecords() && seconds % TRIM_EVERY_SECONDS == 0) {
            trimmer.trim();
          }
        }
      }
    }

    /**
     * Waits until all that was sent is scored and what was labelled is measured, or a limit is
     * over.
     */
    private void drain() throws DemoException, InterruptedException {
      awaitEnd(() -> backlog() > 0, this::drainLimit);
      awaitEnd(this::isMeasuring, () -> MEASURING_LIMIT);
      show(DemoSnapshot.Phase.DRAINING);
    }

    private void awaitEnd(BooleanSupplier goesOn, Supplier<Duration> limit)
        throws DemoException, InterruptedException {
      long start = System.nanoTime();
      long shown = start;
      while (goesOn.getAsBoolean() && System.nanoTime() - start < limit.get().toNanos()) {
        Thread.sleep(GLANCE.toMillis());
        checkHealth();
        if (System.nanoTime() - shown > SECOND.toNanos()) {
          shown = System.nanoTime();
          show(DemoSnapshot.Phase.DRAINING);
        }
      }
    }

    /** Whether the feedback job has not reported every label yet. */
    private boolean isMeasuring() {
      return reader
          .observeCalibration()
          .filter(calibration -> calibration.labelled() < reader.observe().labelled())
          .isPresent();
    }

    private String calibrationCommand() {
      return "./logitflow calibration --bootstrap-servers %s --model %s"
          .formatted(broker.bootstrapServers(), config.dataset().model());
    }

    private long backlog() {
      OutputObservation output = reader.observe();
      return traffic.progress().sentFeatures() - output.scored() - output.rejectedRecords();
    }

    private Duration drainLimit() {
      return signal.isRequested() ? DRAIN_LIMIT_AFTER_SIGNAL : DRAIN_LIMIT;
    }

    private void show(DemoSnapshot.Phase phase) throws InterruptedException {
      LoadProgress sent = traffic.progress();
      DemoSnapshot snapshot =
          progress.take(phase, new DemoSnapshot.Input(sent.sentFeatures(), sent.lag()));
      List<String> large = view.pageWithDiagram(snapshot);
      List<String> page = terminal.canDrawWhole(large) ? large : view.page(snapshot);
      if (terminal.canDraw(page.size())) {
        terminal.draw(page);
      } else {
        if (!commandShown && snapshot.calibration().isPresent()) {
          commandShown = true;
          terminal.line("For more, while it runs: " + snapshot.addresses().calibrationCommand());
        }
        if (!driftShown && hasDrifted(snapshot)) {
          driftShown = true;
          terminal.line(
              "%s from here on every feature stands %d places further on"
                  .formatted(
                      Quantity.clock(config.driftAt().orElseThrow()),
                      config.dataset().rolledPlaces()));
        }
        newDecisions(snapshot).forEach(terminal::line);
        terminal.line(view.line(snapshot));
      }
    }

    private boolean hasDrifted(DemoSnapshot snapshot) {
      return config.driftAt().filter(at -> snapshot.elapsed().compareTo(at) >= 0).isPresent();
    }

    /** Those that were not shown as lines yet. */
    private List<String> newDecisions(DemoSnapshot snapshot) {
      List<Decision> decisions =
          snapshot.calibration().map(CalibrationObservation::decisions).orElse(List.of());
      List<String> lines =
          decisions.subList(decisionsShown, decisions.size()).stream()
              .map(decision -> DecisionText.of(decision, snapshot.start()))
              .toList();
      decisionsShown = decisions.size();
      return lines;
    }

    private void checkHealth() throws DemoException, InterruptedException {
      if (isDiskFull()) {
        throw failure("the demo stopped", new IOException(DISK_FULL));
      }
      Optional<String> brokerFailure = broker.failure();
      if (brokerFailure.isPresent()) {
        throw failure("the broker failed", new IOException(brokerFailure.get()));
      }
      Optional<DemoJob> failed = jobs.failed();
      if (failed.isPresent()) {
        throw failure(
            "the %s job failed".formatted(failed.get().name()),
            failed.get().failure().orElseThrow());
      }
      Optional<KafkaException> readerFailure = reader.failure();
      if (readerFailure.isPresent()) {
        throw failure("predictions cannot be read", readerFailure.get());
      }
      Optional<Throwable> trafficFailure = traffic.failure();
      if (trafficFailure.isPresent()) {
        throw failure("the generator failed", trafficFailure.get());
      }
    }
  }
}
