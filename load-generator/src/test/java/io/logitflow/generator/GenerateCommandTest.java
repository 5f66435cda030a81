package io.logitflow.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class GenerateCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... args) {
    return new CommandLine(new GenerateCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void everyProblemIsInOneMessage() {
    int code =
        execute(
            "--rate=fast",
            "--burst=2",
            "--duration=5",
            "--limit=-1",
            "--passes=0",
            "--seed=x",
            "--split=half",
            "--event-time=now",
            "--drift=wind:3",
            "--label-delay=later",
            "--pending-labels=keep",
            "--pending-labels-wait=1",
            "--max-pending-labels=0",
            "--label-format=word",
            "--create-topics=0",
            "--partitioning=any",
            "--label-partitioning=fixed",
            "--wire-format=confluent",
            "--producer=linger.ms",
            "--producer=bootstrap.servers=x",
            "--data-dir=/nowhere",
            "--write-model=m",
            "--segment-column=s",
            "--label-column=y",
            "--dataset=iris");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSizeGreaterThan(20)
        .anyMatch(line -> line.startsWith("--rate: 'fast' is no rate; expected"))
        .anyMatch(line -> line.startsWith("--burst: '2' is no burst; expected"))
        .anyMatch(line -> line.startsWith("--limit: '-1', expected a whole number from 0"))
        .anyMatch(line -> line.startsWith("--dataset: 'iris', expected fashion-mnist, flights"))
        .anyMatch(line -> line.contains("confluent needs the address of a schema registry"))
        .anyMatch(line -> line.startsWith("--segment-column is for --csv and flights"))
        .anyMatch(line -> line.equals("Try 'generate --help'."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--dataset=digits --split=train --event-time=data | digits has no times of its own",
        "--dataset=digits --drift=labels:x=2 | digits has no such class",
        "--split=train | fashion-mnist has no split 'train' here; it has: test",
        "--burst=2x:1s:every=3s | bursts need a rate above 0",
        "--dataset=synthetic --synthetic-features=0 | --synthetic-features: '0', expected a whole",
        "--dataset=synthetic --synthetic-features=999999 --synthetic-classes=999999 | 2^26",
        "--dataset=flights --segment-column=pilot | no column 'pilot'; it has: time, distance",
        "--data-dir=/nowhere | /nowhere has no Fashion-MNIST",
        "--csv=/nowhere.csv --label-column=y | /nowhere.csv cannot be read",
        "--csv=/nowhere.csv | --csv needs --label-column",
        "--wire-format=confluent --registry-url=localhost | expected an address such as http://",
      })
  void optionsThatDoNotFitAreExplained(String options, String message) {
    assertThat(execute(options.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message).doesNotContain("Exception");
  }

  @Test
  void badCellOfACsvFileIsShown() throws Exception {
    Path csv = Files.writeString(folder.resolve("t.csv"), "a,y\n1,0\nx,0\n");
    assertThat(execute("--csv", csv.toString(), "--label-column", "y")).isEqualTo(2);
    assertThat(err.toString()).contains("t.csv, line 3, column 'a': 'x', expected a number");
  }

  @Test
  void helpNamesTheGroupsExamplesAndExitCodes() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString())
        .contains("What to send:", "Where to:", "Labels:", "Examples:", "Exit code:")
        .contains("generate --rate 5000 --burst 10x:2s:every=30s --duration 5m");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 100);
  }
}
