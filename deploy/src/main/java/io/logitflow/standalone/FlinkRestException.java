package io.logitflow.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;

/** Flink's REST API answered with an error. The message is Flink's innermost cause. */
public final class FlinkRestException extends IOException {

  private static final long serialVersionUID = 1L;
  private static final String CAUSED_BY = "Caused by: ";

  private final int status;

  FlinkRestException(URI uri, int status, JsonNode errors) {
    super("Flink refused %s with status %d: %s".formatted(uri, status, cause(errors)));
    this.status = status;
  }

  /** The HTTP status, for example 404 for a job that is not known. */
  public int status() {
    return status;
  }

  /**
   * What went wrong, out of a list of messages and stack traces: the message after the last "Caused
   * by", which may have several lines, or the last line that is no stack frame.
   */
  static String cause(JsonNode errors) {
    String cause = "no reason given";
    for (JsonNode error : errors) {
      StringBuilder message = new StringBuilder();
      boolean done = false;
      for (String line : error.asText().lines().toList()) {
        boolean frame = line.startsWith("\tat ") || line.startsWith("\t...") || line.isBlank();
        if (line.startsWith(CAUSED_BY)) {
          message.setLength(0);
          message.append(line.substring(CAUSED_BY.length()));
          done = false;
        } else if (frame || line.startsWith("End of exception")) {
          done = true;
        } else if (!done) {
          message.append(message.isEmpty() ? "" : "\n").append(line);
        }
      }
      if (!message.isEmpty()) {
        cause = message.toString();
      }
    }
    return cause;
  }
}
