package io.logitflow.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;

/**
 * What the scoring operator reports to Flink's metric system, asked for through Flink's REST API,
 * as any dashboard would.
 */
final class JobMetrics {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String RECORDS = ".logitflow.recordsScored";
  private static final String BATCHES = ".logitflow.microBatches";
  private static final String CHAMPION = ".logitflow.championVersion";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI job;
  private Optional<Operator> operator = Optional.empty();
  private double records;
  private double batches;
  private double microBatchSize = Double.NaN;

  JobMetrics(URI restApi, JobID job) {
    this.job = restApi.resolve("/jobs/" + job);
  }

  /**
   * The mean size of the micro-batches since the call before, in records; while nothing new was
   * reported that of the call before, at first NaN.
   */
  double microBatchSize() throws InterruptedException {
    Map<String, Double> sums = read("sum", RECORDS, BATCHES);
    double newRecords = sums.getOrDefault(RECORDS, 0.0);
    double newBatches = sums.getOrDefault(BATCHES, 0.0);
    if (newBatches > batches && newRecords > records) {
      microBatchSize = (newRecords - records) / (newBatches - batches);
      records = newRecords;
      batches = newBatches;
    }
    return microBatchSize;
  }

  /** Whether every subtask is known to have a champion. */
  boolean hasChampion() throws InterruptedException {
    return read("min", CHAMPION).getOrDefault(CHAMPION, 0.0) > 0;
  }

  /** Metrics over all subtasks, those that are known now. */
  private Map<String, Double> read(String aggregate, String... metrics)
      throws InterruptedException {
    Map<String, Double> values = new HashMap<>();
    try {
      if (operator.isEmpty()) {
        operator = find();
      }
      if (operator.isPresent()) {
        String prefix = operator.get().prefix();
        String names = Arrays.stream(metrics).map(prefix::concat).collect(Collectors.joining(","));
        for (JsonNode metric :
            get(operator.get().metrics() + "?agg=" + aggregate + "&get=" + names)) {
          values.put(
              metric.path("id").asText().substring(prefix.length()),
              metric.path(aggregate).asDouble());
        }
      }
    } catch (IOException e) {
      // The cluster is busy or about to stop: nothing is known now.
      return Map.of();
    }
    return values;
  }

  private Optional<Operator> find() throws IOException, InterruptedException {
    for (JsonNode vertex : get("").path("vertices")) {
      String path = "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
      for (JsonNode metric : get(path)) {
        String id = metric.path("id").asText();
        if (id.endsWith(RECORDS)) {
          return Optional.of(new Operator(path, id.substring(0, id.length() - RECORDS.length())));
        }
      }
    }
    return Optional.empty();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(job + path)).timeout(TIMEOUT).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(job + path + " answers " + answer.statusCode());
    }
    return json.readTree(answer.body());
  }

  /** Where the metrics of the scoring operator are, and what their names begin with. */
  private record Operator(String metrics, String prefix) {}
}
