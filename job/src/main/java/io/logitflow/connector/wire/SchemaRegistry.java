package io.logitflow.connector.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.logitflow.connector.BadRecordException;
import io.logitflow.schema.DeadLetterReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few calls of the Confluent schema registry API that the Confluent wire format needs. Schemas
 * and refusals of what is no Avro are kept for ever, since an id never changes its meaning; unknown
 * ids for a while. An unreachable registry is asked again a few times, then fails the job. For one
 * thread.
 */
public final class SchemaRegistry {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final int ATTEMPTS = 6;
  private static final long UNKNOWN_FOR_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int MAX_UNKNOWN = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final Duration firstPause;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final Map<Integer, Schema> schemas = new HashMap<>();
  private final Map<Integer, BadRecordException> unusable = new HashMap<>();
  private final Map<Integer, Long> unknown =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
          return size() > MAX_UNKNOWN;
        }
      };

  /**
   * Creates a client.
   *
   * @param base address of the API, below which {@code schemas/ids/} lies
   */
  public SchemaRegistry(URI base) {
    this(base, FIRST_PAUSE);
  }

  /** Creates a client that waits for {@code firstPause} before it asks again, then twice that. */
  SchemaRegistry(URI base, Duration firstPause) {
    this.firstPause = firstPause;
    String text = base.toString();
    this.base = text.endsWith("/") ? base : URI.create(text + "/");
  }

  /**
   * The schema of an id.
   *
   * @throws BadRecordException if the registry does not know the id
   * @throws UncheckedIOException if the registry cannot be reached
   */
  Schema schema(int id) throws BadRecordException {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    BadRecordException problemBefore = unusable.get(id);
    if (problemBefore != null) {
      throw problemBefore;
    }
    Long since = unknown.get(id);
    if (since != null && System.nanoTime() - since < UNKNOWN_FOR_NANOS) {
      throw unknownId(id);
    }
    URI uri = base.resolve("schemas/ids/" + id);
    HttpResponse<String> response = send(HttpRequest.newBuilder(uri).GET());
    if (response.statusCode() == 404) {
      unknown.put(id, System.nanoTime());
      throw unknownId(id);
    }
    JsonNode text = field(uri, response, "schema", JsonNode::isTextual);
    try {
      Schema schema = new Schema.Parser().parse(text.textValue());
      schemas.put(id, schema);
      return schema;
    } catch (AvroRuntimeException e) {
      BadRecordException problem =
          new BadRecordException(
              DeadLetterReason.UNUSABLE_SCHEMA, uri + " is no Avro schema: " + e.getMessage());
      unusable.put(id, problem);
      throw problem;
    }
  }

  /**
   * Registers a schema, or finds it registered.
   *
   * @return its id
   * @throws UncheckedIOException if the registry cannot be reached or refuses the schema
   */
  public int register(String subject, Schema schema) {
    URI uri = base.resolve("subjects/" + subject + "/versions");
    String body = JSON.createObjectNode().put("schema", schema.toString()).toString();
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    return field(uri, response, "id", JsonNode::isInt).intValue();
  }

  private BadRecordException unknownId(int id) {
    return new BadRecordException(
        DeadLetterReason.UNKNOWN_SCHEMA,
        "the registry " + base + " has no schema with the id " + id);
  }

  private static JsonNode field(
      URI uri, HttpResponse<String> response, String name, Predicate<JsonNode> type) {
    if (response.statusCode() != 200) {
      throw new UncheckedIOException(
          new IOException(
              uri + " answered " + response.statusCode() + ", expected 200: " + response.body()));
    }
    try {
      JsonNode field = JSON.readTree(response.body()).get(name);
      if (field != null && type.test(field)) {
        return field;
      }
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(uri + " did not answer with JSON: " + response.body(), e);
    }
    throw new UncheckedIOException(
        new IOException(uri + " answered without '" + name + "': " + response.body()));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    HttpRequest built = request.timeout(TIMEOUT).build();
    Duration pause = firstPause;
    for (int attempt = 1; ; attempt++) {
      String problem;
      try {
        HttpResponse<String> response = client.send(built, BodyHandlers.ofString());
        if (response.statusCode() < 500) {
          return response;
        }
        problem = "answered " + response.statusCode() + ": " + response.body();
      } catch (IOException e) {
        problem = "cannot be reached: " + e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(new IOException(built.uri() + ": interrupted", e));
      }
      if (attempt == ATTEMPTS) {
        throw new UncheckedIOException(
            new IOException(built.uri() + " " + problem + " (" + ATTEMPTS + " attempts)"));
      }
      LOG.warn("Schema registry {} {}; asking again in {}", built.uri(), problem, pause);
      pause(pause);
      pause = pause.multipliedBy(2);
    }
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("Interrupted", e));
    }
  }
}
