package io.logitflow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

  @TempDir private Path directory;

  @Nested
  class OnTheCommandLine {

    @Test
    void bothFormsAreRead() throws ConfigurationException {
      assertThat(parse("--model", "m", "--micro-batch-size=5", "--producer.linger.ms", "0"))
          .isEqualTo(Map.of("model", "m", "micro-batch-size", "5", "producer.linger.ms", "0"));
    }

    @Test
    void aValueMayHoldEqualsSignsAndDashes() throws ConfigurationException {
      assertThat(parse("--producer.sasl.jaas.config=Module required a=\"b\";", "--model=--x"))
          .isEqualTo(
              Map.of("producer.sasl.jaas.config", "Module required a=\"b\";", "model", "--x"));
    }

    @Test
    void anOptionWithoutAValueIsTrueIfItIsTrueOrFalse() throws ConfigurationException {
      assertThat(parse("--bounded", "--micro-batch-flush-when-idle"))
          .isEqualTo(Map.of("bounded", "true", "micro-batch-flush-when-idle", "true"));
    }

    @Test
    void everySlipIsReported() {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> parse("fast", "--model", "--parallelism", "1", "--parallelism=2", "--"))
          .withMessage(
              """
              4 problems in the configuration:
                fast: expected --key value or --key=value
                model: expected a value after it
                parallelism = 2: given twice; expected once
                --: expected --key value or --key=value\
              """);
    }

    @Test
    void whichOptionsNeedAValueDependsOnTheJob() throws ConfigurationException {
      String[] args = {"--retention", "--model=m"};

      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> Arguments.parse(JobOptions.FEEDBACK, args))
          .withMessageContaining("retention: expected a value after it");
      assertThat(parse(args)).containsEntry("retention", "true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpIsFoundAnywhere(String flag) {
      assertThat(Arguments.wantHelp(new String[] {"--model", "m", flag})).isTrue();
      assertThat(Arguments.wantHelp(new String[] {"--model", "m"})).isFalse();
    }
  }

  @Nested
  class WithAFile {

    @Test
    void theCommandLineOverridesTheFile() throws ConfigurationException, IOException {
      Path file = file("# ours\nmodel = fraud\ntopic-prefix=büro.\nkernel=scalar\n");

      assertThat(parse("--config", file.toString(), "--kernel", "vector"))
          .isEqualTo(Map.of("model", "fraud", "topic-prefix", "büro.", "kernel", "vector"));
    }

    @Test
    void aFileThatCannotBeReadIsReported() {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> parse("--config", directory.resolve("none").toString()))
          .withMessageContaining("cannot be read (java.nio.file.NoSuchFileException");
    }

    @Test
    void aBrokenFileIsReported() throws IOException {
      Path file = file("model=\\u00zz\n");

      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> parse("--config=" + file))
          .withMessageContaining("is no properties file");
    }

    private Path file(String content) throws IOException {
      return Files.writeString(directory.resolve("scoring.properties"), content);
    }
  }

  private static Map<String, String> parse(String... args) throws ConfigurationException {
    return Arguments.parse(JobOptions.SCORING, args).toMap();
  }
}
