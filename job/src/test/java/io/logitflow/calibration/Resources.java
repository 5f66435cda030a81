package io.logitflow.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Reference values beside these tests; the README there says where they come from. */
final class Resources {

  private Resources() {}

  static JsonNode json(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            Resources.class.getResourceAsStream("/io/logitflow/calibration/" + name), name)) {
      return new ObjectMapper().readTree(in);
    }
  }
}
