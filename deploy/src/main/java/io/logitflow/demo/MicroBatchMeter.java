package io.logitflow.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.JobID;

/**
 * Mean size of the micro-batches, from the counters that the scoring operator reports to Flink's
 * metric system. They are asked for through Flink's REST API, as any dashboard would.
 */
final class MicroBatchMeter {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final String RECORDS = ".logitflow.recordsScored";
  private static final String BATCHES = ".logitflow.microBatches";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI job;
  private Optional<Counters> counters = Optional.empty();
  private long records;
  private long batches;
  private double mean = Double.NaN;

  MicroBatchMeter(URI restApi, JobID job) {
    this.job = restApi.resolve("/jobs/" + job);
  }

  /**
   * The mean size since the call before, in records; while nothing new was reported that of the
   * call before, at first NaN.
   */
  double read() throws InterruptedException {
    try {
      if (counters.isEmpty()) {
        counters = find();
      }
      if (counters.isPresent()) {
        update(counters.get());
      }
    } catch (IOException e) {
      // The cluster is busy or about to stop: there is no newer value.
      return mean;
    }
    return mean;
  }

  private void update(Counters names) throws IOException, InterruptedException {
    long newRecords = 0;
    long newBatches = 0;
    for (JsonNode metric :
        get(names.vertex() + "?agg=sum&get=" + names.records() + "," + names.batches())) {
      long sum = metric.path("sum").asLong();
      if (metric.path("id").asText().equals(names.records())) {
        newRecords = sum;
      } else {
        newBatches = sum;
      }
    }
    if (newBatches > batches) {
      mean = (double) (newRecords - records) / (double) (newBatches - batches);
    }
    records = newRecords;
    batches = newBatches;
  }

  private Optional<Counters> find() throws IOException, InterruptedException {
    for (JsonNode vertex : get("").path("vertices")) {
      String path = "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
      Optional<String> recordsName = Optional.empty();
      Optional<String> batchesName = Optional.empty();
      for (JsonNode metric : get(path)) {
        String id = metric.path("id").asText();
        if (id.endsWith(RECORDS)) {
          recordsName = Optional.of(id);
        } else if (id.endsWith(BATCHES)) {
          batchesName = Optional.of(id);
        }
      }
      if (recordsName.isPresent() && batchesName.isPresent()) {
        return Optional.of(new Counters(path, recordsName.get(), batchesName.get()));
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

  /** Where the counters are. */
  private record Counters(String vertex, String records, String batches) {}
}
