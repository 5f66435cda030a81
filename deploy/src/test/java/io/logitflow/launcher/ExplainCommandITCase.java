package io.logitflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Tensor;
import io.logitflow.connector.ModelTopic;
import io.logitflow.embedded.EmbeddedBroker;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.SingleObjects;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code logitflow explain} of records on a topic, by models of the models topic. */
class ExplainCommandITCase {

  @TempDir private static Path dir;
  private static EmbeddedBroker broker;

  private String out;
  private String err;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(dir, 0);
    broker.createTopic("features", 3, Map.of());
    broker.createTopic("bare", 1, Map.of());
    broker.createTopic("empty", 1, Map.of());
    try (ModelTopic models = new ModelTopic(broker.bootstrapServers(), "models", Map.of())) {
      models.createIfMissing();
      models.publish(
          Model.builder()
              .name("m")
              .createdAt(Instant.EPOCH)
              .layers(
                  List.of(LinearLayer.withoutBias(Tensor.float32(new float[] {3, 4, -3, 4}, 2, 2))))
              .build());
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 30; i++) {
        byte[] single = SingleObjects.encode(FeatureRecord.getEncoder(), record("r" + i, i, 1));
        send(producer, "features", i % 3, single);
        // The record without the 10 bytes of its header.
        send(producer, "bare", 0, Arrays.copyOfRange(single, 10, single.length));
      }
      send(
          producer,
          "features",
          2,
          SingleObjects.encode(FeatureRecord.getEncoder(), record("r17", 99, 1)));
      send(producer, "features", 0, "no record".getBytes(StandardCharsets.UTF_8));
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void firstRecordOfAnIdIsExplained() throws Exception {
    assertThat(explain("--id", "r17", "--json")).isZero();

    JsonNode json = new ObjectMapper().readTree(out);
    assertThat(json.get("record").asText()).isEqualTo("features-2@5, id r17");
    assertThat(json.get("features")).extracting(JsonNode::asInt).containsExactly(17, 1);
    assertThat(json.get("classes").get(0).get("logit").asInt()).isEqualTo(3 * 17 + 4);
  }

  @Test
  void recordsWithoutAHeaderAreReadToo() {
    assertThat(explain("--id", "r3", "--topic", "bare", "--wire-format", "bare")).isZero();
    assertThat(out).contains("bare-0@3, id r3");
  }

  @Test
  void idThatIsNotThereIsSaidWithWhatCouldNotBeRead() {
    assertThat(explain("--id", "nobody")).isOne();
    assertThat(err)
        .contains("topic 'features' has no record with the id 'nobody' among its 32 records")
        .contains("1 of them could not be read, the first, features-0@10: ");
    assertThat(explain("--id", "nobody", "--topic", "empty")).isOne();
    assertThat(err).contains("among its 0 records");
    assertThat(explain("--id", "nobody", "--topic", "none")).isOne();
    assertThat(err).contains("topic 'none' does not exist at ");
  }

  @Test
  void showPlotsAModelOfTheTopic() throws Exception {
    Path plots = dir.resolve("plots");

    assertThat(execute("models", "show", "--model", "m", "--plots", plots.toString())).isZero();

    assertThat(Files.readAllLines(plots.resolve("weights.csv")))
        .containsExactly(
            "class,bias,norm,feature 0,feature 1", "0,0.0,5.0,3.0,4.0", "1,0.0,5.0,-3.0,4.0");
  }

  private int explain(String... arguments) {
    List<String> all = new ArrayList<>(List.of("explain", "--model", "m"));
    all.addAll(List.of(arguments));
    return execute(all.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    StringWriter outWriter = new StringWriter();
    StringWriter errWriter = new StringWriter();
    CommandLine command = LogitflowCommand.commandLine();
    command.setOut(new PrintWriter(outWriter, true)).setErr(new PrintWriter(errWriter, true));
    int code = command.execute(all.toArray(String[]::new));
    out = outWriter.toString();
    err = errWriter.toString();
    return code;
  }

  private static FeatureRecord record(String id, float... features) {
    List<Float> boxed = new ArrayList<>();
    for (float feature : features) {
      boxed.add(feature);
    }
    return FeatureRecord.newBuilder()
        .setId(id)
        .setTime(Instant.now())
        .setSegment(null)
        .setFeatures(boxed)
        .build();
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, int partition, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(topic, partition, null, value));
  }
}
