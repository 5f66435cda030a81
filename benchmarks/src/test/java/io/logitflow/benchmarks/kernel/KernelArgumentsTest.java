package io.logitflow.benchmarks.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class KernelArgumentsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--variants=vector,tensorflow | --variants is 'tensorflow', expected scalar, vector,",
        "--shapes=784 | --shapes is '784', expected numbers of inputs and classes: 784-10",
        "--shapes=784-0 | --shapes is '784-0', expected numbers",
        "--batches=0 | --batches is '0', expected 1 or more",
        "--rounds=0 | --rounds is '0', expected 1 or more",
        "--iterations=-1 | --iterations is '-1', expected 1 or more",
      })
  void sayWhichValueIsWrongAndWhatIsExpected(String argument, String message) {
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new KernelBenchmark())
            .setErr(new PrintWriter(err, true))
            .execute(argument.strip());

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains(message.strip());
  }
}
