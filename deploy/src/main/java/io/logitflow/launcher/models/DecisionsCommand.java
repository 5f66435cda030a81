package io.logitflow.launcher.models;

import io.logitflow.connector.ModelTopic;
import io.logitflow.console.StopSignal;
import io.logitflow.launcher.topic.TopicFollower;
import io.logitflow.schema.Decision;
import io.logitflow.schema.SingleObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code logitflow models decisions}. */
@Command(
    name = "decisions",
    description = "Lists what was decided on a model, by jobs and by people, newest last.",
    footer = {
      "",
      "CHAMPION   the champion when it was decided",
      "CANDIDATE  the version that was compared with it or made from it",
      "--json has the evidence too. See docs/promotion.md."
    })
final class DecisionsCommand extends ModelsSubcommand {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Mixin private ModelOption model;

  @Mixin private DecisionsTopicOption decisions;

  @Option(names = "--json", description = "As JSON, with the evidence.")
  private boolean json;

  @Option(names = "--watch", description = "Go on with what comes, until Ctrl-C.")
  private boolean watch;

  @Override
  protected void run(ModelTopic models) throws IOException {
    if (watch && json) {
      throw misuse("--watch goes without --json");
    }
    String topic = broker().prefixed(decisions.topic());
    try (TopicFollower follower =
        TopicFollower.open(
            broker().bootstrapServers(),
            topic,
            broker().clientProperties(),
            "the feedback job writes it; or check --decisions-topic and --topic-prefix",
            err())) {
      List<Decision> read = read(follower, topic);
      if (json) {
        out().println(DecisionJson.of(read));
      } else if (read.isEmpty() && !watch) {
        out().printf("Nothing was decided on %s yet.%n", model.name());
      } else {
        DecisionTable.lines(read, true).forEach(out()::println);
      }
      if (watch) {
        follow(follower, topic);
      }
    }
  }

  private List<Decision> read(TopicFollower follower, String topic) throws IOException {
    List<Decision> read = new ArrayList<>();
    follower.readToEnd(
        record -> {
          add(record, topic, read);
          return true;
        });
    read.sort(Comparator.comparing(Decision::getDecidedAt));
    return read;
  }

  private void add(ConsumerRecord<byte[], byte[]> record, String topic, List<Decision> read) {
    String place = "%s-%d@%d".formatted(topic, record.partition(), record.offset());
    if (record.key() == null || record.value() == null) {
      err().println("Passed over: " + place + ": no key or no value");
    } else if (new String(record.key(), StandardCharsets.UTF_8).equals(model.name())) {
      try {
        read.add(SingleObjects.decode(Decision.getDecoder(), record.value()));
      } catch (IOException e) {
        err().println("Passed over: " + place + ": " + e.getMessage());
      }
    }
  }

  private void follow(TopicFollower follower, String topic) throws IOException {
    try (StopSignal signal = StopSignal.open()) {
      do {
        out().flush();
        DecisionTable.lines(read(follower, topic), false).forEach(out()::println);
      } while (!signal.await(PAUSE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
