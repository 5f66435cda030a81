package io.logitflow.config;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/**
 * Options that are described together, each with the values it accepts, so that the check, the
 * error and the page say the same.
 *
 * @param title heading on the options page
 * @param entries options in the order of the page
 */
record OptionGroup(String title, List<Entry<?>> entries) {

  /** An option and the values it accepts. */
  record Entry<T>(ConfigOption<T> option, Accepted<T> accepted) {}

  OptionGroup {
    entries = List.copyOf(entries);
  }

  static OptionGroup titled(String title) {
    return new OptionGroup(title, List.of());
  }

  /** This group and one more option. */
  <T> OptionGroup with(ConfigOption<T> option, Accepted<T> accepted) {
    List<Entry<?>> more = new ArrayList<>(entries);
    more.add(new Entry<>(option, accepted));
    return new OptionGroup(title, more);
  }
}
