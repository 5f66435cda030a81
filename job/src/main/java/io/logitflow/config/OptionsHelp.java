package io.logitflow.config;

import java.util.Map;

/** The options page for a terminal of 80 columns. */
final class OptionsHelp {

  private static final int WIDTH = 78;

  private OptionsHelp() {}

  static String text(JobOptions job) {
    StringBuilder page = new StringBuilder();
    page.append("Options: --key value, --key=value, or --key alone for true.\n");
    page.append("  --config FILE\n");
    wrap(page, "More options, as key=value lines; the command line overrides them.");
    for (OptionGroup group : job.groups()) {
      page.append('\n').append(group.title()).append('\n');
      group.entries().forEach(entry -> append(page, entry));
    }
    page.append("\nKafka clients\n");
    append(page, KafkaOptions.CONSUMER_PREFIX, "consumers", KafkaOptions.CONSUMER_DEFAULTS);
    append(page, KafkaOptions.PRODUCER_PREFIX, "producers", KafkaOptions.PRODUCER_DEFAULTS);
    return page.toString();
  }

  private static void append(StringBuilder page, OptionGroup.Entry<?> entry) {
    page.append("  --").append(entry.option().key());
    OptionText.defaultValue(entry.option())
        .filter(value -> !value.isEmpty())
        .ifPresent(value -> page.append(" (default ").append(value).append(')'));
    page.append(entry.required() ? " (required)\n" : "\n");
    wrap(page, OptionText.description(entry.option()));
    wrap(page, "Accepts " + entry.accepted().text() + ".");
  }

  private static void append(
      StringBuilder page, String prefix, String clients, Map<String, String> defaults) {
    page.append("  --").append(prefix).append("NAME VALUE\n");
    wrap(page, "Any property of Kafka's " + clients + ". Set unless given: " + defaults + ".");
  }

  /** Appends a paragraph, indented and broken between words. */
  private static void wrap(StringBuilder page, String paragraph) {
    String indent = "      ";
    int column = 0;
    for (String word : paragraph.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        page.append('\n');
        column = 0;
      }
      String before = column == 0 ? indent : " ";
      page.append(before).append(word);
      column += before.length() + word.length();
    }
    page.append('\n');
  }
}
