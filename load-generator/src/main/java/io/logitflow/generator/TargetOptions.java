package io.logitflow.generator;

import io.logitflow.generator.encoding.WireFormat;
import io.logitflow.generator.sink.Partitioning;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that say where records go and how they are written. */
final class TargetOptions {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description = "Kafka brokers. Default: localhost:9092.")
  private String bootstrapServers;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "Stands before the names of both topics. Default: none.")
  private String topicPrefix = "";

  @Option(names = "--features-topic", paramLabel = "NAME", description = "Default: features.")
  private String featuresTopic = "features";

  @Option(names = "--labels-topic", paramLabel = "NAME", description = "Default: labels.")
  private String labelsTopic = "labels";

  @Option(
      names = "--create-topics",
      paramLabel = "PARTITIONS",
      description = "Creates a missing topic with so many partitions. Default: it is an error.")
  private String createTopics;

  @Option(
      names = "--partitioning",
      paramLabel = "HOW",
      description =
          "Partitions of the features: key (default: hash of the id), round-robin or fixed:N.")
  private String partitioning;

  @Option(
      names = "--label-partitioning",
      paramLabel = "HOW",
      description = "The same for the labels. Default: key.")
  private String labelPartitioning;

  @Option(
      names = "--wire-format",
      paramLabel = "FORMAT",
      description =
          "single-object (default), confluent (needs --registry-url) or bare: what stands before"
              + " the Avro bytes.")
  private String wireFormat;

  @Option(
      names = "--registry-url",
      paramLabel = "URL",
      description =
          "Schema registry with the Confluent API, such as http://localhost:8081; the schemas are"
              + " registered there as TOPIC-value.")
  private String registryUrl;

  @Option(
      names = "--producer",
      paramLabel = "KEY=VALUE",
      description = "Option of the Kafka producer; may be repeated: linger.ms=0.")
  private List<String> producer = new ArrayList<>();

  void apply(LoadConfig.Builder config, OptionProblems problems) {
    if (bootstrapServers != null) {
      config.bootstrapServers(bootstrapServers);
    }
    config.featuresTopic(topicPrefix + featuresTopic).labelsTopic(topicPrefix + labelsTopic);
    problems.readInt("--create-topics", createTopics, 1, 100_000).ifPresent(config::createTopics);
    problems
        .read("--partitioning", partitioning, Partitioning::parse)
        .ifPresent(config::partitioning);
    problems
        .read("--label-partitioning", labelPartitioning, Partitioning::parse)
        .ifPresent(config::labelPartitioning);
    problems.read("--wire-format", wireFormat, WireFormat::parse).ifPresent(config::wireFormat);
    problems.read("--registry-url", registryUrl, TargetOptions::http).ifPresent(config::registry);
    if (WireFormat.CONFLUENT.text().equals(wireFormat) && registryUrl == null) {
      problems.add(LoadConfig.NO_REGISTRY);
    }
    for (String option : producer) {
      int equals = option.indexOf('=');
      if (equals < 1) {
        problems.add("--producer: '" + option + "', expected KEY=VALUE such as linger.ms=0");
      } else if (option.startsWith("bootstrap.servers=")) {
        problems.add("--producer: bootstrap.servers is set by --bootstrap-servers");
      } else {
        config.producer(option.substring(0, equals), option.substring(equals + 1));
      }
    }
  }

  private static URI http(String text) {
    URI address = URI.create(text);
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (address.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "'" + text + "', expected an address such as http://localhost:8081");
    }
    return address;
  }
}
