package io.logitflow.launcher;

import io.logitflow.console.LogOutput;
import io.logitflow.console.StopSignal;
import io.logitflow.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.TopicExistsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code logitflow broker}. */
@Command(
    name = "broker",
    description = "Runs a Kafka broker on this machine until Ctrl-C, to try things with.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "For example: logitflow broker --data-dir /tmp/kafka --topic features:4 --topic"
          + " predictions:4",
      "It listens on 127.0.0.1 only, without any protection. Not for production."
    })
final class BrokerCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Port to listen on, 0 for any that is free; default ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      required = true,
      description = "Directory of the data, which stay when the broker ends.")
  private Path dataDir;

  @Option(
      names = "--topic",
      paramLabel = "NAME[:PARTITIONS]",
      converter = NewTopicArgument.Converter.class,
      description =
          "A topic to create if it does not exist, with 1 partition unless said otherwise; can be"
              + " given several times.")
  private List<NewTopicArgument> topics = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    LogOutput.toConsole();
    PrintWriter out = spec.commandLine().getOut();
    try (StopSignal signal = StopSignal.open();
        EmbeddedBroker broker = EmbeddedBroker.start(dataDir.toAbsolutePath(), port)) {
      for (NewTopicArgument topic : topics) {
        create(broker, topic, out);
      }
      out.printf(
          "The broker serves on %s with data in %s; Ctrl-C stops it.%n",
          broker.bootstrapServers(), broker.dataDir());
      out.flush();
      signal.await();
    }
    return 0;
  }

  private static void create(EmbeddedBroker broker, NewTopicArgument topic, PrintWriter out)
      throws IOException, InterruptedException {
    try {
      broker.createTopic(topic.name(), topic.partitions(), Map.of());
      out.printf("Topic %s created with %d partitions.%n", topic.name(), topic.partitions());
    } catch (IOException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
      out.printf("Topic %s exists.%n", topic.name());
    }
  }
}
