package io.logitflow.connector.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.logitflow.connector.BadRecordException;
import io.logitflow.schema.DeadLetterReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers what the test tells it. */
class SchemaRegistryTest {

  private static final Schema SCHEMA = Schema.create(Schema.Type.STRING);
  private static final String FOUND = "{\"schema\": \"\\\"string\\\"\"}";
  private static final Duration NO_PAUSE = Duration.ZERO;

  private record Answer(int status, String body) {}

  private final Queue<Answer> answers = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private HttpServer server;
  private SchemaRegistry registry;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    registry = new SchemaRegistry(address("/apis/v7"), NO_PAUSE);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aSchemaIsFetchedOnce() throws Exception {
    answers.add(new Answer(200, FOUND));

    assertThat(registry.schema(7)).isEqualTo(SCHEMA);
    assertThat(registry.schema(7)).isEqualTo(SCHEMA);
    assertThat(requests).containsExactly("GET /apis/v7/schemas/ids/7 ");
  }

  @Test
  void aNegativeIdIsAskedForAsItIs() throws Exception {
    answers.add(new Answer(404, "{}"));

    assertThat(refusal(-1).reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
    assertThat(requests).containsExactly("GET /apis/v7/schemas/ids/-1 ");
  }

  @Test
  void anUnknownIdIsABadRecordAndNotAskedForAgainAtOnce() throws Exception {
    answers.add(new Answer(404, "{\"error_code\": 40403}"));

    assertThat(refusal(8).reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
    assertThat(refusal(8))
        .hasMessage("the registry " + address("/apis/v7/") + " has no schema with the id 8");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aSchemaThatIsNoAvroIsABadRecordAndNotAskedForAgain() {
    answers.add(new Answer(200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax = 3;\"}"));

    assertThat(refusal(9).reason()).isEqualTo(DeadLetterReason.UNUSABLE_SCHEMA);
    assertThat(refusal(9).reason()).isEqualTo(DeadLetterReason.UNUSABLE_SCHEMA);
    assertThat(requests).hasSize(1);
  }

  @Test
  void aSchemaWithADefaultOfTheWrongTypeIsABadRecord() {
    answers.add(
        new Answer(
            200,
            "{\"schema\":"
                + " \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"fields\\\":[{\\\"name\\\":\\\"a\\\",\\\"type\\\":\\\"int\\\",\\\"default\\\":\\\"x\\\"}]}\"}"));

    assertThat(refusal(9).reason()).isEqualTo(DeadLetterReason.UNUSABLE_SCHEMA);
  }

  @Test
  void anErrorOfTheServerIsAskedAgain() throws Exception {
    answers.add(new Answer(500, "{}"));
    answers.add(new Answer(503, "{}"));
    answers.add(new Answer(200, FOUND));

    assertThat(registry.schema(7)).isEqualTo(SCHEMA);
    assertThat(requests).hasSize(3);
  }

  @Test
  void aServerThatOnlyFailsFailsTheJobWithWhatItSaid() {
    for (int i = 0; i < 6; i++) {
      answers.add(new Answer(500, "backend down"));
    }

    assertThatThrownBy(() -> registry.schema(7))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(address("/apis/v7/schemas/ids/7").toString())
        .hasMessageContaining("answered 500: backend down (6 attempts)");
  }

  @Test
  void aRefusalThatIsNoErrorOfTheServerFailsTheJobAtOnce() {
    answers.add(new Answer(401, "who are you"));

    assertThatThrownBy(() -> registry.schema(7))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("answered 401, expected 200: who are you");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aServerThatIsNotThereFailsTheJob() {
    URI nobody = address("/");
    server.stop(0);

    assertThatThrownBy(() -> new SchemaRegistry(nobody, NO_PAUSE).schema(7))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(nobody + "schemas/ids/7 cannot be reached")
        .hasMessageContaining("(6 attempts)");
  }

  @Test
  void anAnswerWithoutASchemaFailsTheJob() {
    answers.add(new Answer(200, "{\"other\": 1}"));
    answers.add(new Answer(200, "<html>"));
    answers.add(new Answer(200, "{\"schema\": 5}"));

    assertThatThrownBy(() -> registry.schema(1)).hasMessageContaining("without 'schema'");
    assertThatThrownBy(() -> registry.schema(2)).hasMessageContaining("did not answer with JSON");
    assertThatThrownBy(() -> registry.schema(3)).hasMessageContaining("without 'schema'");
  }

  @Test
  void aSchemaIsRegisteredUnderItsSubject() {
    answers.add(new Answer(200, "{\"id\": 42}"));

    assertThat(registry.register("predictions-value", SCHEMA)).isEqualTo(42);
    assertThat(requests)
        .containsExactly(
            "POST /apis/v7/subjects/predictions-value/versions {\"schema\":\"\\\"string\\\"\"}");
  }

  @Test
  void aSchemaThatIsRefusedFailsTheJob() {
    answers.add(new Answer(409, "incompatible"));

    assertThatThrownBy(() -> registry.register("predictions-value", SCHEMA))
        .hasMessageContaining("answered 409, expected 200: incompatible");
  }

  private BadRecordException refusal(int id) {
    return catchThrowableOfType(BadRecordException.class, () -> registry.schema(id));
  }

  private URI address(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
    Answer answer = answers.remove();
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
