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
public final class ModelsTopicOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      defaultValue = "",
      description =
          "Kafka brokers, separated by commas; required where a topic is read or written.")
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
      description = "Begins the names of topics; as the option of the scoring job.")
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

  /** The brokers; empty if none were given. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The name of a topic with the prefix of all topics. */
  public String prefixed(String name) {
    return prefix + name;
  }

  /** The properties of the Kafka clients that were given. */
  public Map<String, String> clientProperties() throws IOException {
    Map<String, String> properties = new LinkedHashMap<>();
    if (clientConfig != null) {
      properties.putAll(read(clientConfig));
    }
    properties.putAll(client);
    return properties;
  }

  /** The topic; nothing is connected yet. */
  ModelTopic open() throws IOException {
    return new ModelTopic(bootstrapServers, prefixed(topic), clientProperties());
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
