package io.logitflow.connector;

import io.logitflow.classifier.Calibration;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.output.Softmax;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions of a model without their weights, looked up on the models topic when one is asked
 * for that is not known yet. A version is published before anything is scored with it, so it is
 * there when its first prediction comes. For one thread.
 */
public final class ModelDirectory implements AutoCloseable {

  /** So long, a version that was not there is not looked for again. */
  private static final long ABSENT_FOR_NANOS = Duration.ofSeconds(30).toNanos();

  private final ModelTopic topic;
  private final String model;
  private final Map<Long, Version> versions = new HashMap<>();
  private final Map<Long, Long> absentSince = new HashMap<>();

  /**
   * What is known of a version.
   *
   * @param classNames names of its classes
   * @param weights checksum of its weights in hexadecimal digits
   * @param calibration its calibration
   * @param softmax whether its probabilities are the softmax of its calibrated logits
   */
  public record Version(
      List<String> classNames, String weights, Calibration calibration, boolean softmax) {

    static Version of(Model model) {
      return new Version(
          model.classNames(),
          HexFormat.of().formatHex(model.weightsChecksum()),
          model.calibration(),
          model.outputFunction() instanceof Softmax);
    }
  }

  /** Opens directories where they are needed. */
  @FunctionalInterface
  public interface Factory extends Serializable {

    /** Opens one; nothing is read yet. */
    ModelDirectory open();
  }

  private ModelDirectory(ModelTopic topic, String model) {
    this.topic = topic;
    this.model = model;
  }

  /** Directories of a model over a topic. */
  public static Factory of(ModelTopic.Factory topic, String model) {
    return () -> new ModelDirectory(topic.open(), model);
  }

  /**
   * A version of the model.
   *
   * @return the version; empty if it is not on the topic
   * @throws UncheckedIOException if the topic cannot be read
   */
  public Optional<Version> version(long version) {
    Version known = versions.get(version);
    if (known == null && !isAbsent(version)) {
      read();
      known = versions.get(version);
      if (known == null) {
        absentSince.put(version, System.nanoTime());
      }
    }
    return Optional.ofNullable(known);
  }

  /** Which weights a version has; those of a version that is not known are its own. */
  public String weights(long version) {
    return version(version).map(Version::weights).orElse("of version " + version);
  }

  private boolean isAbsent(long version) {
    Long since = absentSince.get(version);
    return since != null && System.nanoTime() - since < ABSENT_FOR_NANOS;
  }

  private void read() {
    try {
      topic
          .read()
          .versions(model)
          .forEach((number, version) -> versions.put(number, Version.of(version)));
    } catch (ModelTopicException e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    }
  }

  @Override
  public void close() {
    topic.close();
  }
}
