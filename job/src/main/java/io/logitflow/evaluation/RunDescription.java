package io.logitflow.evaluation;

import io.logitflow.timeline.Reign;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What is known of a run before it starts.
 *
 * @param runId names the run
 * @param kind {@code as-served}, {@code with-models} or {@code by-timeline}
 * @param model name of the model
 * @param ranges what is read
 * @param classNames names of the classes, or empty
 * @param versions versions that are known, the reference of comparisons first
 * @param reigns who was the champion when, by their numbers in the sums; empty: that is not asked
 * @param details whatever else describes the run, by name
 */
public record RunDescription(
    String runId,
    String kind,
    String model,
    List<Range> ranges,
    List<String> classNames,
    List<Version> versions,
    List<Reign> reigns,
    Map<String, String> details)
    implements Serializable {

  /**
   * A part of a partition.
   *
   * @param topic topic
   * @param partition partition
   * @param from first offset, inclusive
   * @param to last offset, exclusive
   */
  public record Range(String topic, int partition, long from, long to) implements Serializable {}

  /**
   * A version of the model.
   *
   * @param version its number
   * @param name what the run calls it; may be empty
   * @param calibrationVersion version of its calibration
   * @param weights checksum of its weights in hexadecimal digits
   */
  public record Version(long version, String name, int calibrationVersion, String weights)
      implements Serializable {}
}
