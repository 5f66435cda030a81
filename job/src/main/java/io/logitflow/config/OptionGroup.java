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

  /**
   * One option.
   *
   * @param option the option
   * @param accepted the values it accepts
   * @param required whether it has to be set
   */
  record Entry<T>(ConfigOption<T> option, Accepted<T> accepted, boolean required) {}

  OptionGroup {
    entries = List.copyOf(entries);
  }

  static OptionGroup titled(String title) {
    return new OptionGroup(title, List.of());
  }

  /** This group and one more option, which has a default or may be left out. */
  <T> OptionGroup with(ConfigOption<T> option, Accepted<T> accepted) {
    return and(new Entry<>(option, accepted, false));
  }

  /** This group and one more option, which has to be set. */
  <T> OptionGroup withRequired(ConfigOption<T> option, Accepted<T> accepted) {
    return and(new Entry<>(option, accepted, true));
  }

  private OptionGroup and(Entry<?> entry) {
    List<Entry<?>> more = new ArrayList<>(entries);
    more.add(entry);
    return new OptionGroup(title, more);
  }
}
