package io.logitflow.launcher.models;

import io.logitflow.connector.ModelTopic;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/** The options that every models command has: which topic of which broker. */
final class ModelsTopicOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      required = true,
      description = "Kafka brokers, separated by commas.")
  private String bootstrapServers;

  @Option(
      names = "--models-topic",
      paramLabel = "TOPIC",
      defaultValue = "models",
      description = "The models topic; default ${DEFAULT-VALUE}.")
  private String topic;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "Begins the name of the topic; as the option of the scoring job.")
  private String prefix;

  @Option(
      names = "--client",
      paramLabel = "KEY=VALUE",
      description = "A property of the Kafka clients, for instance security.protocol=SSL.")
  private Map<String, String> client = new LinkedHashMap<>();

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      description = "Properties file of the Kafka clients; --client goes before it.")
  private Path clientConfig;

  /** The topic; nothing is connected yet. */
  ModelTopic open() throws IOException {
    Map<String, String> properties = new LinkedHashMap<>();
    if (clientConfig != null) {
      properties.putAll(read(clientConfig));
    }
    properties.putAll(client);
    return new ModelTopic(bootstrapServers, prefix + topic, properties);
  }

  private static Map<String, String> read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = TextFiles.reader(file)) {
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      throw new IOException("%s is no properties file: %s".formatted(file, e.getMessage()), e);
    }
    Map<String, String> read = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(key -> read.put(key, properties.getProperty(key)));
    return read;
  }
}
