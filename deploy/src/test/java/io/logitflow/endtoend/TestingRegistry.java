package io.logitflow.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema registry that knows two calls of Confluent's API: {@code GET /schemas/ids/ID} and {@code
 * POST /subjects/SUBJECT/versions}. Its ids begin at {@value #FIRST_ID}, so that no byte of an id
 * on the wire is zero by chance.
 */
final class TestingRegistry implements AutoCloseable {

  private static final int FIRST_ID = 0x01020304;
  private static final Pattern ID = Pattern.compile("/schemas/ids/(\\d{1,9})");
  private static final Pattern SUBJECT = Pattern.compile("/subjects/[^/]+/versions");

  private final List<String> schemaFields = new ArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final HttpServer server;

  private TestingRegistry(HttpServer server) {
    this.server = server;
  }

  static TestingRegistry start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TestingRegistry registry = new TestingRegistry(server);
    server.createContext("/", registry::answer);
    server.start();
    return registry;
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** Answers the next {@code count} requests with 500. */
  void fail(int count) {
    failures.set(count);
  }

  /** Whether every failure that was ordered has happened. */
  boolean hasFailed() {
    return failures.get() <= 0;
  }

  /** Registers a schema without a request. */
  int register(String schema) {
    return registerField('"' + schema.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
  }

  /** Registers a schema that is a JSON string already. */
  private synchronized int registerField(String json) {
    int known = schemaFields.indexOf(json);
    if (known < 0) {
      schemaFields.add(json);
      known = schemaFields.size() - 1;
    }
    return FIRST_ID + known;
  }

  private synchronized String schemaField(int id) {
    int index = id - FIRST_ID;
    return index >= 0 && index < schemaFields.size() ? schemaFields.get(index) : null;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getPath();
    Matcher id = ID.matcher(path);
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      send(exchange, 500, "{\"error_code\":50001,\"message\":\"Error in the backend\"}");
    } else if (exchange.getRequestMethod().equals("GET") && id.matches()) {
      String schema = schemaField(Integer.parseInt(id.group(1)));
      if (schema == null) {
        send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
      } else {
        send(exchange, 200, "{\"schema\":" + schema + "}");
      }
    } else if (exchange.getRequestMethod().equals("POST") && SUBJECT.matcher(path).matches()) {
      // {"schema":"..."}, as the client writes it.
      String schema = body.substring(body.indexOf(':') + 1, body.lastIndexOf('}'));
      send(exchange, 200, "{\"id\":" + registerField(schema) + "}");
    } else {
      send(exchange, 404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
