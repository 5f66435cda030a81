package io.logitflow.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.config.Guarantee;
import io.logitflow.demo.DemoConfig.Trainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

final class DemoCommandTest {

  @Test
  void withoutOptionsTheDefaultsAreUsed() {
    assertThat(parse())
        .isEqualTo(
            new DemoConfig(
                DemoDataset.FASHION_MNIST,
                Trainer.SGD,
                OptionalDouble.of(5_000),
                Duration.ofSeconds(60),
                1,
                Guarantee.AT_LEAST_ONCE,
                0,
                Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath(),
                false,
                true,
                false));
  }

  @Test
  void everyOptionIsTaken() {
    assertThat(
            parse(
                "--dataset=flights",
                "--model",
                "lbfgs",
                "--rate",
                "2000",
                "--duration=5m",
                "--parallelism",
                "2",
                "--delivery-guarantee",
                "exactly-once",
                "--port",
                "9092",
                "--data-dir",
                "/data/demo",
                "--no-feedback",
                "--keep"))
        .isEqualTo(
            new DemoConfig(
                DemoDataset.FLIGHTS,
                Trainer.LBFGS,
                OptionalDouble.of(2_000),
                Duration.ofMinutes(5),
                2,
                Guarantee.EXACTLY_ONCE,
                9092,
                Path.of("/data/demo"),
                true,
                false,
                false));
  }

  @Test
  void asFastAsPossibleThereIsNoFeedback() {
    DemoConfig config = parse("--rate", "max");

    assertThat(config.rate()).isEmpty();
    assertThat(config.feedback()).isFalse();
  }

  @Test
  void aDriftSetsInAfterAQuarterOfALongerAndSlowerRun() {
    DemoConfig config = parse("--drift");

    assertThat(config.driftAt()).contains(Duration.ofSeconds(25));
    assertThat(config.rate()).hasValue(2_000);
    assertThat(config.feedback()).isTrue();
    assertThat(parse("--drift", "--duration=40s", "--rate=500").driftAt())
        .contains(Duration.ofSeconds(10));
    assertThat(parse().driftAt()).isEmpty();
  }

  @Test
  void aDriftCannotBeSeenWithoutFeedback() {
    assertThatThrownBy(() -> parse("--drift", "--rate=max"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--drift needs the feedback job");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--dataset | mnist | expected fashion-mnist, flights, digits",
        "--rate | 0 | expected records per second",
        "--rate | fast | expected records per second",
        "--rate | NaN | expected records per second",
        "--duration | 0s | expected a number and a unit",
        "--duration | soon | expected a number and a unit",
        "--parallelism | 0 | expected a whole number from 1 to 128",
        "--port | 65536 | expected a whole number from 0 to 65535",
        "--port | -1 | expected a whole number from 0 to 65535",
        "--model | adam | SGD, LBFGS",
        "--delivery-guarantee | never | expected at-least-once or exactly-once"
      })
  void aValueOutOfRangeIsRefusedWithWhatWasExpected(String option, String value, String expected) {
    assertThatThrownBy(() -> parse(option + "=" + value))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(option)
        .hasMessageContaining(value)
        .hasMessageContaining(expected);
  }

  private static DemoConfig parse(String... arguments) {
    DemoCommand command = new DemoCommand();
    new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    return command.config();
  }
}
