package io.logitflow.launcher.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.logitflow.console.Quantity;
import io.logitflow.standalone.FlinkRest;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.api.common.JobID;

/** Says how many records a run has read, as Flink's metrics have it, every two seconds. */
public final class ReplayProgress {

  private static final long INTERVAL = Duration.ofSeconds(2).toNanos();

  private final PrintWriter out;
  private long total;
  private long saidAt = System.nanoTime();
  private long said;

  /** Progress to be printed. */
  public ReplayProgress(PrintWriter out) {
    this.out = out;
  }

  /** Sets how many there are to read. */
  public void total(long offsets) {
    total = offsets;
  }

  /** Looks at the job, if it is time to. */
  public void look(URI webUi, JobID job) throws InterruptedException {
    if (System.nanoTime() - saidAt < INTERVAL) {
      return;
    }
    saidAt = System.nanoTime();
    try {
      long read = read(new FlinkRest(webUi), "/jobs/" + job);
      if (read > said) {
        said = read;
        out.printf("Read %s of %s records ...%n", Quantity.count(read), Quantity.count(total));
        out.flush();
      }
    } catch (IOException e) {
      // The cluster is about to stop: there is nothing more to say.
      saidAt = Long.MAX_VALUE / 2;
    }
  }

  /** What the sources have taken in; a record that is not needed was read as well. */
  private static long read(FlinkRest flink, String job) throws IOException, InterruptedException {
    double read = 0;
    for (JsonNode vertex : flink.get(job).path("vertices")) {
      String metrics = job + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
      for (JsonNode metric : flink.get(metrics)) {
        String id = metric.path("id").asText();
        if (id.startsWith("Source") && id.endsWith(".numRecordsIn")) {
          String name = URLEncoder.encode(id, StandardCharsets.UTF_8);
          for (JsonNode value : flink.get(metrics + "?agg=sum&get=" + name)) {
            read += value.path("sum").asDouble();
          }
        }
      }
    }
    return Math.round(read);
  }
}
