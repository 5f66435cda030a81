package io.logitflow.generator;

import io.logitflow.generator.encoding.FeatureEncoder;
import io.logitflow.generator.encoding.LabelEncoder;
import io.logitflow.generator.encoding.SchemaPrefix;
import io.logitflow.generator.encoding.SchemaRegistry;
import io.logitflow.generator.schedule.LoadClock;
import io.logitflow.generator.sink.DeliveryException;
import io.logitflow.generator.sink.KafkaRecordSink;
import io.logitflow.generator.sink.RecordSink;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Label;
import java.io.IOException;
import org.apache.avro.Schema;

/**
 * Sends a data set into the topics. {@link #run()} may be called once; {@link #stop()} and {@link
 * #progress()} from any thread.
 */
public final class LoadGenerator {
  private final LoadConfig config;
  private final LoadClock clock;
  private final SinkOpener sinks;
  private volatile LoadRun run;
  private volatile boolean stopped;

  /** Prepares a run against Kafka. */
  public LoadGenerator(LoadConfig config) {
    this(config, LoadClock.SYSTEM, opened -> KafkaRecordSink.open(opened.kafka()));
  }

  /** Prepares a run with a clock and a sink of the caller's. */
  LoadGenerator(LoadConfig config, LoadClock clock, SinkOpener sinks) {
    this.config = config;
    this.clock = clock;
    this.sinks = sinks;
  }

  /** Opens where records go. */
  interface SinkOpener {
    RecordSink open(LoadConfig config) throws InterruptedException;
  }

  /**
   * Sends until the data, the limit or the duration ends, or somebody stops it; returns when every
   * record is acknowledged.
   *
   * @throws DeliveryException if records cannot be delivered, with one line for the user
   */
  public void run() throws InterruptedException {
    if (run != null) {
      throw new IllegalStateException("a generator runs once");
    }
    FeatureEncoder features =
        new FeatureEncoder(
            prefix(config.kafka().features().topic(), FeatureRecord.getClassSchema()));
    LabelEncoder labels = labelEncoder();
    try (RecordSink sink = sinks.open(config)) {
      LoadRun started = new LoadRun(config, clock, sink, features, labels);
      run = started;
      if (stopped) {
        started.stop();
      }
      started.run();
    }
  }

  /**
   * Ends the run soon: no further features; pending labels are sent at once, or dropped if so
   * configured. Does not wait.
   */
  public void stop() {
    stopped = true;
    LoadRun running = run;
    if (running != null) {
      running.stop();
    }
  }

  /**
   * Holds back features, or lets them go again, for a caller that watches a limit, such as a disk.
   * The schedule goes on meanwhile, so that what is held back shows as lag.
   */
  public void holdBack(boolean hold) {
    LoadRun running = run;
    if (running != null) {
      running.holdBack(hold);
    }
  }

  /** What the run has done so far. */
  public LoadProgress progress() {
    LoadRun running = run;
    return running == null ? LoadProgress.NOTHING : running.progress();
  }

  private LabelEncoder labelEncoder() throws InterruptedException {
    if (config.kafka().labels().isEmpty()) {
      return LabelEncoder.ofIndices(SchemaPrefix.none());
    }
    byte[] prefix = prefix(config.kafka().labels().get().topic(), Label.getClassSchema());
    return config.labelFormat() == LabelFormat.INDEX
        ? LabelEncoder.ofIndices(prefix)
        : LabelEncoder.ofNames(prefix, config.dataset().classNames());
  }

  private byte[] prefix(String topic, Schema schema) throws InterruptedException {
    return switch (config.wireFormat()) {
      case SINGLE_OBJECT -> SchemaPrefix.singleObject(schema);
      case BARE -> SchemaPrefix.none();
      case CONFLUENT -> {
        try {
          SchemaRegistry registry = new SchemaRegistry(config.registry().orElseThrow());
          yield SchemaPrefix.confluent(registry.register(topic + "-value", schema));
        } catch (IOException e) {
          throw new DeliveryException(
              "Cannot register the schema of topic '" + topic + "': " + e.getMessage(), e);
        }
      }
    };
  }
}
