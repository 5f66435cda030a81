package io.logitflow.generator.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class KafkaTargetTest {

  @Test
  void userOptionsStandAboveOurDefaults() {
    assertThat(target(Map.of("linger.ms", "0", "compression.type", "lz4")).producerOptions())
        .containsEntry("bootstrap.servers", "a:1")
        .containsEntry("linger.ms", "0")
        .containsEntry("compression.type", "lz4")
        .containsEntry("batch.size", "262144")
        .containsEntry("send.buffer.bytes", "-1");
  }

  @Test
  void adminClientSharesTheSecurityOptionsOnly() {
    assertThat(
            target(Map.of("linger.ms", "0", "security.protocol", "SSL", "ssl.key.password", "x"))
                .adminOptions())
        .containsEntry("bootstrap.servers", "a:1")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("ssl.key.password", "x")
        .doesNotContainKey("linger.ms");
  }

  private static KafkaTarget target(Map<String, String> producer) {
    return new KafkaTarget(
        "a:1",
        producer,
        new TopicTarget("features", new Partitioning.ByKey()),
        Optional.empty(),
        OptionalInt.empty());
  }
}
