package io.logitflow.generator.encoding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * A schema registry that speaks the Confluent API. User and password may stand in the address:
 * {@code https://user:password@host:8081}.
 */
public final class SchemaRegistry {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final URI address;

  /** Uses the registry at an address, such as {@code http://localhost:8081}. */
  public SchemaRegistry(URI address) {
    this.address = address;
  }

  /**
   * Registers a schema, which changes nothing if it is there already.
   *
   * @param subject such as {@code features-value}
   * @return its id
   * @throws IOException if the registry cannot be reached or refuses; the message says which
   */
  public int register(String subject, Schema schema) throws IOException, InterruptedException {
    URI endpoint =
        URI.create(
            withoutUser().replaceFirst("/+$", "")
                + "/subjects/"
                + URLEncoder.encode(subject, StandardCharsets.UTF_8)
                + "/versions");
    String body = json.writeValueAsString(Map.of("schema", schema.toString()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(TIMEOUT)
            .header("Content-Type", CONTENT_TYPE)
            .header("Accept", CONTENT_TYPE + ", application/json")
            .POST(BodyPublishers.ofString(body));
    if (address.getUserInfo() != null) {
      byte[] credentials = address.getUserInfo().getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    HttpResponse<String> response;
    try {
      response = client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException("no schema registry answers at " + endpoint + ": " + reason, e);
    }
    return idIn(response, endpoint);
  }

  private int idIn(HttpResponse<String> response, URI endpoint) throws IOException {
    String excerpt = response.body().substring(0, Math.min(300, response.body().length()));
    if (response.statusCode() / 100 == 2) {
      try {
        JsonNode id = json.readTree(response.body()).path("id");
        if (id.isInt()) {
          return id.intValue();
        }
      } catch (JsonProcessingException e) {
        throw new IOException(endpoint + " answered no JSON: " + excerpt, e);
      }
    }
    throw new IOException(
        endpoint
            + " answered status "
            + response.statusCode()
            + ", expected the id of the schema: "
            + excerpt);
  }

  private String withoutUser() {
    String userInfo = address.getRawUserInfo();
    return userInfo == null ? address.toString() : address.toString().replace(userInfo + "@", "");
  }
}
