package io.logitflow.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.benchmarks.pipeline.Shape;
import io.logitflow.config.ConfigurationException;
import io.logitflow.config.ScoringConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class LatencyArgumentsTest {

  @Nested
  class Rates {

    @ParameterizedTest
    @CsvSource({"1000, 1000", "5k, 5000", "50%, 400000", "100%, 800000"})
    void areRecordsPerSecondOrSharesOfTheMaximum(String text, double expected) {
      assertThat(new Rate.Converter().convert(text).recordsPerSecond(800_000)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "5m", "101%", "1.5k", "fast"})
    void refuseWhatIsNeither(String text) {
      assertThatThrownBy(() -> new Rate.Converter().convert(text))
          .isInstanceOf(TypeConversionException.class)
          .hasMessageContaining(text);
    }
  }

  @Nested
  class Variants {

    @Test
    void aDelayIsThatOfMicroBatchesAndNothingEndsItBefore() throws ConfigurationException {
      ScoringConfig config = config(variant("delay-20"));

      assertThat(config.microBatch().maxDelay()).isEqualTo(Duration.ofMillis(20));
      assertThat(config.microBatch().flushWhenIdle()).isFalse();
      assertThat(config.kafka().producer()).containsEntry("linger.ms", "0");
    }

    @Test
    void aDelayOfNothingScoresOneByOne() throws ConfigurationException {
      assertThat(config(variant("delay-0")).microBatch().maxSize()).isEqualTo(1);
    }

    @Test
    void adaptiveFlushesWhenIdle() throws ConfigurationException {
      ScoringConfig config = config(variant("adaptive"));

      assertThat(config.microBatch().flushWhenIdle()).isTrue();
      assertThat(config.kafka().producer()).containsEntry("linger.ms", "0");
    }

    @Test
    void defaultsHaveNoOptions() {
      assertThat(variant("defaults").options()).isEmpty();
    }

    @Test
    void oneOfTheUsersOwnHasItsOptions() {
      LatencyVariant variant = variant("small=micro-batch-size=16;producer.acks=1");

      assertThat(variant.name()).isEqualTo("small");
      assertThat(variant.program()).isEqualTo(Program.JOB);
      assertThat(variant.options()).containsExactly("micro-batch-size=16", "producer.acks=1");
    }

    @Test
    void furtherOptionsWinButLeaveTheRawLoopAlone() throws ConfigurationException {
      List<String> further = List.of("producer.linger.ms=7");

      assertThat(config(variant("adaptive").with(further)).kafka().producer())
          .containsEntry("linger.ms", "7");
      assertThat(config(variant("raw").with(further)).kafka().producer())
          .containsEntry("linger.ms", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "quick", "delay-", "delay-x", "name=option", "name="})
    void refuseWhatIsNone(String text) {
      assertThatThrownBy(() -> variant(text))
          .isInstanceOf(TypeConversionException.class)
          .hasMessageContaining(text);
    }
  }

  private static LatencyVariant variant(String text) {
    return new LatencyVariant.Converter().convert(text);
  }

  private static ScoringConfig config(LatencyVariant variant) throws ConfigurationException {
    return new LatencyWorkload("localhost:9092", new Shape(32, 4), 1)
        .config("features", "predictions", variant.options());
  }
}
