package io.logitflow.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/**
 * Flink's REST API: JSON in, JSON out, and its errors in one line.
 *
 * @see <a href="https://nightlies.apache.org/flink/flink-docs-release-2.3/docs/ops/rest_api/">REST
 *     API</a>
 */
public final class FlinkRest {

  /** The JobManager compiles the job graph within the call that runs a jar. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI root;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * Makes a client; connects to nothing yet.
   *
   * @param root for example {@code http://localhost:8081}
   */
  public FlinkRest(URI root) {
    this.root = root;
  }

  /** Where the API and the web UI are. */
  public URI root() {
    return root;
  }

  /**
   * {@code GET}.
   *
   * @param path path and query, beginning with a slash
   * @throws FlinkRestException if Flink answers with an error
   * @throws IOException if it does not answer
   */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** {@code POST} of a JSON document; see {@link #get}. */
  public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  /** {@code PATCH} without a body; see {@link #get}. */
  public JsonNode patch(String path) throws IOException, InterruptedException {
    return send(request(path).method("PATCH", HttpRequest.BodyPublishers.noBody()));
  }

  /** {@code DELETE}; see {@link #get}. */
  public JsonNode delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  /** {@code POST} of a jar file as a form with the one field {@code jarfile}; see {@link #get}. */
  public JsonNode upload(String path, Path jar) throws IOException, InterruptedException {
    String boundary = "logitflow-" + UUID.randomUUID();
    String head =
        String.join(
            "\r\n",
            "--" + boundary,
            "Content-Disposition: form-data; name=\"jarfile\"; filename=\"%s\""
                .formatted(jar.getFileName()),
            "Content-Type: application/java-archive",
            "",
            "");
    String tail = "\r\n--%s--\r\n".formatted(boundary);
    long length = head.length() + Files.size(jar) + tail.length();
    HttpRequest.BodyPublisher body =
        HttpRequest.BodyPublishers.fromPublisher(
            HttpRequest.BodyPublishers.concat(
                HttpRequest.BodyPublishers.ofString(head),
                HttpRequest.BodyPublishers.ofFile(jar),
                HttpRequest.BodyPublishers.ofString(tail)),
            length);
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve(path)).timeout(LIMIT);
  }

  private JsonNode send(HttpRequest.Builder builder) throws IOException, InterruptedException {
    HttpRequest request = builder.build();
    HttpResponse<String> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (ConnectException | HttpTimeoutException e) {
      throw new IOException(
          "no Flink cluster answers at %s: is it running, and is this its address?".formatted(root),
          e);
    }
    JsonNode body = parse(response.body());
    if (response.statusCode() >= 300) {
      throw new FlinkRestException(request.uri(), response.statusCode(), body.path("errors"));
    }
    return body;
  }

  private JsonNode parse(String body) throws IOException {
    if (body.isBlank()) {
      return JSON.createObjectNode();
    }
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IOException("what answers at %s is no Flink cluster: no JSON".formatted(root), e);
    }
  }
}
