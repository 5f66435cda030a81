package io.logitflow.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The page that describes every option, generated from the options themselves. */
public final class OptionsPage {

  private static final String INTRODUCTION =
      """
      # Configuration

      <!-- Generated from the options; do not edit. A test fails while this page is stale and prints the command that writes it. -->

      Options of the jobs: scoring (`logitflow score`), feedback (`logitflow feedback`), training (`logitflow train`) and replay
      (`logitflow replay`). A job refuses options that it does not have. On the command line they are written `--key value` or `--key=value`, and
      `--key` alone for true.
      `--config FILE` reads more of them, as `key=value` lines in UTF-8; the command line overrides the file. Durations are
      written `250 ms`, `10 s`, `15 min`, sizes `512 kb`, `1 mb`, with 1 kb = 1024 bytes.

      Everything that is wrong with a configuration is reported together, before the job starts.
      """;

  private static final String CLIENTS =
      """

      ## Kafka clients

      `consumer.NAME` and `producer.NAME` set any property of Kafka's
      [consumers](https://kafka.apache.org/documentation/#consumerconfigs) and
      [producers](https://kafka.apache.org/documentation/#producerconfigs), security among them. The jobs set what
      connects, (de)serialises and commits themselves, and say which option to use instead. Where nothing is said,
      Kafka's own defaults hold, apart from these:
      """;

  private static final String REASONS =
      """

      Why: large batches and polls spread the cost of a request over many records, and compression takes more time than
      it saves where broker and job share few cores; it is worth trying where the network is the limit, and
      [with several challengers](hot-path.md#challengers) of many features lz4 is faster. `linger.ms` adds to the latency of every
      prediction, hence 2; for throughput alone, 10 is better. A partition may fill 4 MiB of a fetch, because at 784
      features Kafka's 1 MiB is some 330 records. With `receive.buffer.bytes` and `send.buffer.bytes` -1 the operating
      system lets the buffers of sockets grow: with Kafka's 64 and 128 KiB, job and broker
      [wake each other up](hot-path.md#buffers-of-sockets) many times for a fetch or a batch. The broker's ends want it too:
      `socket.receive.buffer.bytes=-1`, `socket.send.buffer.bytes=-1`. Records of aborted transactions are not scored.
      What other values do on a machine shows `benchmarks/pipeline --job-option producer.compression.type=lz4`.
      """;

  private OptionsPage() {}

  /**
   * Writes the page.
   *
   * @param args the file to write
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("expected one argument: the file to write");
    }
    Files.writeString(Path.of(args[0]), markdown());
  }

  /** The page in Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (OptionGroup group : OptionGroups.ALL) {
      page.append("\n## ").append(group.title()).append("\n\n");
      page.append("| option | jobs | default | accepts | effect |\n|---|---|---|---|---|\n");
      group.entries().forEach(entry -> appendRow(page, entry));
    }
    page.append(CLIENTS).append("\n| property | default |\n|---|---|\n");
    appendProperties(page, KafkaOptions.CONSUMER_PREFIX, KafkaOptions.CONSUMER_DEFAULTS);
    page.append("| `consumer.group.id` | `logitflow-<job>-<model>` |\n");
    appendProperties(page, KafkaOptions.PRODUCER_PREFIX, KafkaOptions.PRODUCER_DEFAULTS);
    return page.append(REASONS).toString();
  }

  /** The page of one job for a terminal: what {@code --help} prints. */
  public static String text(JobOptions job) {
    return OptionsHelp.text(job);
  }

  private static void appendRow(StringBuilder page, OptionGroup.Entry<?> entry) {
    String value =
        OptionText.defaultValue(entry.option())
            .map(text -> text.isEmpty() ? "(empty)" : '`' + text + '`')
            .orElse(entry.required() ? "**required**" : "(unset)");
    page.append("| `")
        .append(entry.option().key())
        .append("` | ")
        .append(jobs(entry))
        .append(" | ")
        .append(value)
        .append(" | ")
        .append(cell(entry.accepted().text()))
        .append(" | ")
        .append(cell(OptionText.description(entry.option())))
        .append(" |\n");
  }

  private static String jobs(OptionGroup.Entry<?> entry) {
    if (entry.jobs().size() == JobOptions.values().length) {
      return "all";
    }
    return Arrays.stream(JobOptions.values())
        .filter(entry.jobs()::contains)
        .map(JobOptions::toString)
        .collect(Collectors.joining(", "));
  }

  private static void appendProperties(
      StringBuilder page, String prefix, Map<String, String> properties) {
    properties.forEach(
        (name, value) -> page.append("| `" + prefix + name + "` | `" + value + "` |\n"));
  }

  /** Text that Markdown shows as it is: bars would end the cell, brackets would be a tag. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("_", "\\_").replace("*", "\\*");
  }
}
