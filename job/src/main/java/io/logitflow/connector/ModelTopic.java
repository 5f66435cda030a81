package io.logitflow.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import io.logitflow.config.KafkaConfig;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * The compacted topic on which models live, for whoever publishes, promotes or looks at them from
 * outside Flink.
 *
 * <p>Every change is one Kafka transaction under one transactional id per topic: of two writers at
 * the same time one is fenced off and told to try again, so no version is overwritten, and a reader
 * with {@code isolation.level=read_committed} sees all moves of a promotion or none. A transaction
 * that its broker gave up, because the machine was held up in the middle of it, is tried again.
 *
 * <p>Not for use by several threads at once.
 */
public final class ModelTopic implements AutoCloseable {

  /** Largest record that a topic takes which {@link #createIfMissing} made: 64 MiB. */
  public static final int MAX_RECORD_BYTES = 64 << 20;

  /** What a record needs beside its key and value, generously. */
  private static final int RECORD_OVERHEAD_BYTES = 1024;

  /**
   * How long a tombstone stays: as good as for ever, so that the number of a deleted version is not
   * given again.
   */
  private static final Duration TOMBSTONE_RETENTION = Duration.ofDays(3650);

  /** How often a change is tried that the broker gives up because it takes too long. */
  private static final int ATTEMPTS = 3;

  private final String topic;
  private final TopicConnection connection;

  /** Opens topics where they are needed. */
  @FunctionalInterface
  public interface Factory extends Serializable {

    /** Opens one; nothing is connected yet. */
    ModelTopic open();
  }

  /** A models topic over the connection of a job. */
  public static Factory of(KafkaConfig kafka, String topic) {
    return () -> new ModelTopic(kafka.bootstrapServers(), topic, kafka.connection());
  }

  /**
   * Opens nothing yet: the first call that needs the broker connects to it.
   *
   * @param bootstrapServers host:port, more of them separated by commas
   * @param topic name of the models topic
   * @param clientProperties further properties of the Kafka clients, for example for security
   */
  public ModelTopic(String bootstrapServers, String topic, Map<String, String> clientProperties) {
    this.topic = topic;
    this.connection = new TopicConnection(bootstrapServers, topic, clientProperties);
  }

  /**
   * Creates the topic if there is none: compacted, one partition, records up to {@link
   * #MAX_RECORD_BYTES}, the broker's default replication.
   *
   * @return whether it was created
   * @throws ModelTopicException if the broker does not answer or refuses, or if the topic exists
   *     and would lose or reorder models: not compacted, or more than one partition
   */
  public boolean createIfMissing() throws ModelTopicException {
    return connection.attempt(
        () -> {
          Optional<TopicDescription> existing = connection.describe();
          if (existing.isEmpty()) {
            return connection.create(
                1,
                Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(MAX_RECORD_BYTES),
                    TopicConfig.DELETE_RETENTION_MS_CONFIG,
                    Long.toString(TOMBSTONE_RETENTION.toMillis())));
          }
          requireFit(existing.get());
          return false;
        });
  }

  /**
   * Reads the whole topic up to its end at this moment.
   *
   * @throws ModelTopicException if the broker does not answer, the topic is missing, or no records
   *     come for 15 seconds
   */
  public ModelCatalogue read() throws ModelTopicException {
    return connection.attempt(
        () -> {
          TopicDescription description = connection.require();
          try (CommittedReader reader = new CommittedReader(connection.consumer(), description)) {
            return catalogue(reader);
          }
        });
  }

  /**
   * Publishes a model under the next free version number.
   *
   * @param model the model; its version number is not looked at
   * @return the number that it was given
   * @throws ModelTopicException if the model is larger than the topic takes, if another writer came
   *     in between, or as {@link #read}
   */
  public long publish(Model model) throws ModelTopicException {
    long[] version = new long[1];
    change(
        catalogue -> {
          version[0] = catalogue.nextVersion(model.name());
          return List.of(versionRecord(model.withVersion(version[0])));
        });
    return version[0];
  }

  /**
   * Publishes a model under a version number of the caller's choice.
   *
   * @param version the number, at least 1
   * @throws ModelTopicException if the number is taken, or was and its version is deleted; and as
   *     {@link #publish(Model)}
   */
  public void publish(Model model, long version) throws ModelTopicException {
    if (version < 1) {
      throw new ModelTopicException(
          "Version " + version + " is no version number: expected 1, 2, …");
    }
    change(
        catalogue -> {
          if (catalogue.isTaken(model.name(), version)) {
            throw new ModelTopicException(
                "Version %d of model '%s' exists or was deleted; the next free one is %d"
                    .formatted(version, model.name(), catalogue.nextVersion(model.name())));
          }
          return List.of(versionRecord(model.withVersion(version)));
        });
  }

  /**
   * Makes a version the champion; see {@link ModelCatalogue#promotion}.
   *
   * @param changedBy who or what changes it
   * @param reason why; may be empty
   * @return the moves that were written; empty if the version is the champion already
   * @throws ModelTopicException if there is no such version, and as {@link #read}
   */
  public List<AliasMove> promote(String model, long version, String changedBy, String reason)
      throws ModelTopicException {
    return move(model, changedBy, reason, catalogue -> catalogue.promotion(model, version));
  }

  /**
   * Makes the version that a text names the champion.
   *
   * @param reference a version number or an alias, for example {@link ModelKey#CHALLENGER}
   * @throws ModelTopicException as {@link #promote(String, long, String, String)}
   */
  public List<AliasMove> promote(String model, String reference, String changedBy, String reason)
      throws ModelTopicException {
    return move(
        model,
        changedBy,
        reason,
        catalogue -> catalogue.promotion(model, catalogue.find(model, reference).version()));
  }

  /**
   * Makes a version the champion in place of the one that a decision was made on: if somebody else
   * has moved the champion meanwhile, nothing is written.
   *
   * @param champion the version that must be the champion still
   * @return the moves that were written; empty if the new version is the champion already
   * @throws ModelTopicException if another version is the champion, and as {@link #promote(String,
   *     long, String, String)}
   */
  public List<AliasMove> replace(
      String model, long champion, long version, String changedBy, String reason)
      throws ModelTopicException {
    return move(
        model,
        changedBy,
        reason,
        catalogue -> {
          OptionalLong now = catalogue.alias(model, ModelKey.CHAMPION);
          if (now.isEmpty() || (now.getAsLong() != champion && now.getAsLong() != version)) {
            throw new ModelTopicException(
                "Version %d is not the champion of model '%s' any more: %s"
                    .formatted(
                        champion,
                        model,
                        now.isEmpty() ? "it has none" : "version " + now.getAsLong() + " is"));
          }
          return catalogue.promotion(model, version);
        });
  }

  /**
   * Exchanges the champion and the previous champion; see {@link ModelCatalogue#rollback}.
   *
   * @return the moves that were written
   * @throws ModelTopicException if there is no previous champion, and as {@link #read}
   */
  public List<AliasMove> rollback(String model, String changedBy, String reason)
      throws ModelTopicException {
    return move(model, changedBy, reason, catalogue -> catalogue.rollback(model));
  }

  /**
   * Makes the version that a text names a challenger; see {@link ModelCatalogue#challenge}.
   *
   * @param challenger alias of the challenger
   * @param reference a version number or an alias
   * @return the moves that were written; empty if the version is that challenger already
   * @throws ModelTopicException if there is no such version or it is the champion, and as {@link
   *     #read}
   */
  public List<AliasMove> challenge(
      String model, String challenger, String reference, String changedBy, String reason)
      throws ModelTopicException {
    return move(
        model,
        changedBy,
        reason,
        catalogue ->
            catalogue.challenge(model, challenger, catalogue.find(model, reference).version()));
  }

  /**
   * Gives a version an alias that no other version has: for jobs, which must not take it from a
   * version that a person has just given it to. An alias of a version that is deleted is free.
   *
   * @param alias {@link ModelKey#CHAMPION} or a challenger
   * @return the moves that were written; empty if the version has the alias already, or is to
   *     become a challenger and is the champion
   * @throws AliasTakenException if another version has it
   * @throws ModelTopicException if there is no such version, and as {@link #read}
   */
  public List<AliasMove> claim(
      String model, String alias, long version, String changedBy, String reason)
      throws ModelTopicException {
    return move(model, changedBy, reason, catalogue -> catalogue.claim(model, alias, version));
  }

  /**
   * Removes an alias. The champion can be removed too: the scoring job then waits for another.
   *
   * @return the moves that were written; empty if the alias is not there
   * @throws ModelTopicException if there is no such model, and as {@link #read}
   */
  public List<AliasMove> removeAlias(String model, String alias) throws ModelTopicException {
    return move(
        model,
        "",
        "",
        catalogue -> {
          catalogue.requireModel(model);
          OptionalLong from = catalogue.alias(model, alias);
          return from.isEmpty()
              ? List.of()
              : List.of(new AliasMove(alias, from, OptionalLong.empty()));
        });
  }

  /**
   * Deletes a version. Its number is not given again.
   *
   * @throws ModelTopicException if there is no such version or an alias names it, and as {@link
   *     #read}
   */
  public void delete(String model, long version) throws ModelTopicException {
    change(
        catalogue -> {
          catalogue.requireModel(model);
          catalogue.requireVersion(model, version);
          List<String> aliases = catalogue.aliasesOf(model, version);
          if (!aliases.isEmpty()) {
            throw new ModelTopicException(
                "Version %d of model '%s' is the %s; move or remove that alias first"
                    .formatted(version, model, String.join(" and the ", aliases)));
          }
          return List.of(record(new ModelKey.Version(model, version), null));
        });
  }

  @Override
  public void close() {
    connection.close();
  }

  private static ModelCatalogue catalogue(CommittedReader reader) throws ModelTopicException {
    ModelCatalogue.Builder builder = new ModelCatalogue.Builder();
    reader.readToEnd(builder::add);
    return builder.build();
  }

  private void requireFit(TopicDescription description) throws ModelTopicException {
    if (description.partitions().size() != 1) {
      throw new ModelTopicException(
          "Topic '%s' has %d partitions; a models topic needs exactly 1, to keep the order of changes"
              .formatted(topic, description.partitions().size()));
    }
    Optional<String> policy = connection.setting(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (policy.isPresent() && !policy.get().equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new ModelTopicException(
          "Topic '%s' has cleanup.policy=%s and would lose models; set it to compact"
              .formatted(topic, policy.get()));
    }
  }

  /** Decides, from what the topic says now, what to write. */
  @FunctionalInterface
  private interface Decision<T> {
    List<T> decide(ModelCatalogue catalogue) throws ModelTopicException;
  }

  private List<AliasMove> move(
      String model, String changedBy, String reason, Decision<AliasMove> decision)
      throws ModelTopicException {
    List<AliasMove> moves = new ArrayList<>();
    change(
        catalogue -> {
          moves.clear();
          moves.addAll(decision.decide(catalogue));
          return moves.stream().map(move -> aliasRecord(model, move, changedBy, reason)).toList();
        });
    return List.copyOf(moves);
  }

  /**
   * Writes what is decided on the topic as it is now. Decides again, on the topic as it is then, if
   * the broker has aborted the transaction meanwhile.
   */
  private void change(Decision<ProducerRecord<byte[], byte[]>> decision)
      throws ModelTopicException {
    connection.<Void>attempt(
        () -> {
          TopicDescription description = connection.require();
          int limit =
              connection
                  .setting(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                  .map(Integer::valueOf)
                  .orElse(MAX_RECORD_BYTES);
          for (int attempt = 1; !tryToChange(decision, description, limit); attempt++) {
            if (attempt == ATTEMPTS) {
              throw new ModelTopicException(
                  ("The broker gave up the change of topic '%s' %d times because it took longer"
                          + " than the transaction's timeout, and nothing was written; try again"
                          + " when this machine and the broker are less busy")
                      .formatted(topic, ATTEMPTS));
            }
          }
          return null;
        });
  }

  /** Tries to write what is decided; false if the broker has aborted the transaction. */
  private boolean tryToChange(
      Decision<ProducerRecord<byte[], byte[]>> decision, TopicDescription description, int limit)
      throws ModelTopicException {
    try (Producer<byte[], byte[]> producer = connection.producer(limit);
        CommittedReader reader = new CommittedReader(connection.consumer(), description)) {
      // From here on, whoever began earlier is fenced off and cannot write any more.
      producer.initTransactions();
      List<ProducerRecord<byte[], byte[]>> records = decision.decide(catalogue(reader));
      for (ProducerRecord<byte[], byte[]> record : records) {
        requireSize(record, limit);
      }
      if (!records.isEmpty()) {
        producer.beginTransaction();
        Future<RecordMetadata> last = null;
        for (ProducerRecord<byte[], byte[]> record : records) {
          last = producer.send(record); // The commit fails if a send does.
        }
        producer.commitTransaction();
        reader.awaitReadable(TopicConnection.await(last));
      }
      return true;
    } catch (InvalidTxnStateException | InvalidProducerEpochException e) {
      // So a broker answers to the commit, and to a record, of a transaction that it has aborted.
      return false;
    } catch (ProducerFencedException e) {
      throw new ModelTopicException(
          "Another program changed topic '%s' at the same moment and nothing was written; try again"
              .formatted(topic),
          e);
    }
  }

  private void requireSize(ProducerRecord<byte[], byte[]> record, int limit)
      throws ModelTopicException {
    long size = RECORD_OVERHEAD_BYTES;
    size += record.value() == null ? 0 : record.value().length;
    if (size > limit) {
      throw new ModelTopicException(
          "%s takes %,d bytes; topic '%s' takes records up to %,d: raise its max.message.bytes"
              .formatted(new String(record.key(), UTF_8), size, topic, limit));
    }
  }

  private ProducerRecord<byte[], byte[]> versionRecord(Model model) {
    return record(
        new ModelKey.Version(model.name(), model.version()), ModelContainer.encode(model));
  }

  private ProducerRecord<byte[], byte[]> aliasRecord(
      String model, AliasMove move, String changedBy, String reason) {
    ModelKey key = new ModelKey.Alias(model, move.alias());
    if (move.to().isEmpty()) {
      return record(key, null);
    }
    long version = move.to().getAsLong();
    return record(
        key,
        new AliasAssignment(model, move.alias(), version, Instant.now(), changedBy, reason)
            .encode());
  }

  private ProducerRecord<byte[], byte[]> record(ModelKey key, byte[] value) {
    return new ProducerRecord<>(topic, 0, key.format().getBytes(UTF_8), value);
  }
}
