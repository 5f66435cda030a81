package io.logitflow.generator.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.logitflow.schema.Label;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SchemaRegistryTest {
  private final AtomicReference<String> request = new AtomicReference<>("");
  private final AtomicReference<String> body = new AtomicReference<>("");
  private final AtomicReference<String> authorization = new AtomicReference<>("");
  private int status = 200;
  private String answer = "{\"id\": 17}";
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          request.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          body.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          authorization.set(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void schemaIsPostedToItsSubjectAndTheIdReturned() throws Exception {
    SchemaRegistry registry = new SchemaRegistry(address("", "/apis/ccompat/v7/"));
    assertThat(registry.register("eu.labels-value", Label.getClassSchema())).isEqualTo(17);
    assertThat(request.get()).isEqualTo("POST /apis/ccompat/v7/subjects/eu.labels-value/versions");
    String schema = new ObjectMapper().readTree(body.get()).get("schema").textValue();
    assertThat(new Schema.Parser().parse(schema)).isEqualTo(Label.getClassSchema());
    assertThat(authorization.get()).isEqualTo("null");
  }

  @Test
  void userInTheAddressIsSentAsBasicAuthorization() throws Exception {
    new SchemaRegistry(address("ann:s3cret@", "")).register("s", Label.getClassSchema());
    String credentials =
        Base64.getEncoder().encodeToString("ann:s3cret".getBytes(StandardCharsets.UTF_8));
    assertThat(authorization.get()).isEqualTo("Basic " + credentials);
  }

  @Test
  void refusalIsShownWithStatusAndAnswer() {
    status = 409;
    answer = "{\"error_code\":409,\"message\":\"incompatible\"}";
    assertThatThrownBy(
            () -> new SchemaRegistry(address("", "")).register("s", Label.getClassSchema()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/subjects/s/versions answered status 409")
        .hasMessageContaining("incompatible");
  }

  @Test
  void answerThatIsNoRegistrysIsShown() {
    answer = "<html>welcome</html>";
    assertThatThrownBy(
            () -> new SchemaRegistry(address("", "")).register("s", Label.getClassSchema()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("answered no JSON: <html>welcome</html>");
    answer = "{\"hello\": 1}";
    assertThatThrownBy(
            () -> new SchemaRegistry(address("", "")).register("s", Label.getClassSchema()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected the id of the schema: {\"hello\": 1}");
  }

  @Test
  void registryThatIsNotThereIsNamedWithoutThePassword() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    SchemaRegistry registry = new SchemaRegistry(URI.create("http://a:secret@127.0.0.1:" + free));
    assertThatThrownBy(() -> registry.register("s", Label.getClassSchema()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no schema registry answers at http://127.0.0.1:" + free)
        .hasMessageNotContaining("secret");
  }

  private URI address(String user, String path) {
    return URI.create("http://" + user + "127.0.0.1:" + server.getAddress().getPort() + path);
  }
}
