package io.logitflow.config;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;

/**
 * Options that are described together, each with the values it accepts, so that the check, the
 * error and the page say the same.
 *
 * @param title heading on the options page
 * @param entries options in the order of the page
 */
record OptionGroup(String title, List<Entry<?>> entries) {

  /**
   * One option.
   *
   * @param option the option
   * @param accepted the values it accepts
   * @param required whether it has to be set
   * @param jobs the jobs that have it
   */
  record Entry<T>(
      ConfigOption<T> option, Accepted<T> accepted, boolean required, Set<JobOptions> jobs) {

    Entry {
      jobs = Set.copyOf(jobs);
    }
  }

  OptionGroup {
    entries = List.copyOf(entries);
  }

  static OptionGroup titled(String title) {
    return new OptionGroup(title, List.of());
  }

  /** This group and one more option of every job, which has a default or may be left out. */
  <T> OptionGroup with(ConfigOption<T> option, Accepted<T> accepted) {
    return and(new Entry<>(option, accepted, false, EnumSet.allOf(JobOptions.class)));
  }

  /** This group and one more option of some jobs, which has a default or may be left out. */
  <T> OptionGroup with(ConfigOption<T> option, Accepted<T> accepted, JobOptions... jobs) {
    return and(new Entry<>(option, accepted, false, Set.of(jobs)));
  }

  /** This group and one more option of every job, which has to be set. */
  <T> OptionGroup withRequired(ConfigOption<T> option, Accepted<T> accepted) {
    return and(new Entry<>(option, accepted, true, EnumSet.allOf(JobOptions.class)));
  }

  /** The options of this group that a job has. */
  OptionGroup of(JobOptions job) {
    return new OptionGroup(
        title, entries.stream().filter(entry -> entry.jobs().contains(job)).toList());
  }

  private OptionGroup and(Entry<?> entry) {
    List<Entry<?>> more = new ArrayList<>(entries);
    more.add(entry);
    return new OptionGroup(title, more);
  }
}
