package io.logitflow.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class VariantTest {

  @Test
  void challengersCompressionAndSwapsAreVariantsBesideThePrograms() {
    assertThat(
            Variant.all(
                List.of(Program.RAW, Program.LOGITFLOW),
                List.of(0, 1, 3),
                Optional.of(Compression.LZ4),
                Optional.of(Duration.ofSeconds(1))))
        .extracting(Variant::toString)
        .containsExactly(
            "raw",
            "logitflow",
            "logitflow-challengers-1",
            "logitflow-challengers-3",
            "logitflow-lz4",
            "logitflow-challengers-1-lz4",
            "logitflow-challengers-3-lz4",
            "logitflow-swaps-1000ms");
  }

  @Test
  void onlyTheScoringJobWithMoreToDoIsCompared() {
    assertThat(Variant.withChallengers(1).isLoadedLogitflow()).isTrue();
    assertThat(Variant.LOGITFLOW.isLoadedLogitflow()).isFalse();
    assertThat(Variant.of(Program.RAW).isLoadedLogitflow()).isFalse();
  }

  @Test
  void compressionIsAnOptionOfTheScoringJob() {
    assertThat(Variant.LOGITFLOW.compressed(Compression.ZSTD).jobOptions())
        .containsExactly("--producer.compression.type=zstd");
    assertThat(Variant.LOGITFLOW.jobOptions()).isEmpty();
  }

  @Test
  void moreChallengersThanTheJobFollowsAreRefused() {
    CommandLine command = new CommandLine(new PipelineBenchmark());
    StringWriter errors = new StringWriter();
    command.setErr(new PrintWriter(errors));

    assertThat(command.execute("--challengers", "0,99")).isNotZero();

    assertThat(errors.toString()).contains("--challengers has 99, expected 0 to ");
  }

  @Test
  void aWorkloadComesThroughAsArguments() {
    Workload workload =
        new Workload(
            "localhost:9092",
            new Shape(784, 10),
            2,
            "exactly-once",
            "1s",
            "vector",
            List.of("--micro-batch-size=16"));

    assertThat(Workload.fromArguments(workload.toArguments())).isEqualTo(workload);
  }
}
