package io.logitflow.generator;

import io.logitflow.generator.dataset.Dataset;
import io.logitflow.generator.sink.DeliveryException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code generate}. Its options are texts here and are read all together, so that one
 * message tells everything that is wrong with them.
 */
@Command(
    name = "generate",
    sortOptions = false,
    usageHelpWidth = 100,
    abbreviateSynopsis = true,
    header = "Sends a data set into the topics of features and labels.",
    description = {
      "",
      "Records go out on a schedule of their own, however slow the system under load is (open"
          + " loop), and their event time and Kafka timestamp are when they should have gone out,"
          + " so that a delay shows as latency. The same seed gives the same stream.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  All 10,000 test images of Fashion-MNIST, as fast as possible:",
      "    ${COMMAND-FULL-NAME} --bootstrap-servers localhost:9092",
      "  A minute of flights at 5,000 a second, labels on average 30 s later:",
      "    ${COMMAND-FULL-NAME} --dataset flights --rate 5000 --duration 1m --label-delay"
          + " exponential:30s",
      "  Bursts of ten times the rate for 2 s, every 30 s:",
      "    ${COMMAND-FULL-NAME} --rate 5000 --burst 10x:2s:every=30s --duration 5m",
      "  Noise that sets in between second 30 and 60, and bags five times as frequent at once:",
      "    ${COMMAND-FULL-NAME} --rate 1k --duration 2m --drift noise:0.5@30s..60s --drift"
          + " labels:Bag=5@60s",
      "  A CSV file of your own:",
      "    ${COMMAND-FULL-NAME} --csv visits.csv --label-column clicked --id-column visit --rate"
          + " 200",
      "  A stream with known true probabilities, and the model behind it:",
      "    ${COMMAND-FULL-NAME} --dataset synthetic --synthetic-features 64 --write-model"
          + " true.safetensors",
      "  Sparse records: 50 of four million hashed features each:",
      "    ${COMMAND-FULL-NAME} --dataset synthetic --synthetic-features 4194304"
          + " --synthetic-non-zeros 50 --synthetic-classes 2",
      "",
      "Delayed labels are held in memory, rate x mean delay of them at about 150 bytes each;",
      "--max-pending-labels is the bound. Labels of the data set synthetic carry the probabilities",
      "they were drawn from in the header 'true-probabilities': a little-endian float64 for each",
      "class. With --event-time data, records may be older than the topic's retention.ms.",
      "",
      "Exit code: 0 sent, 1 cannot send, 2 bad options or data."
    })
public final class GenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(validate = false, heading = "%nWhat to send:%n")
  private DatasetOptions data = new DatasetOptions();

  @ArgGroup(validate = false, heading = "%nHow much, how fast and in which order:%n")
  private PaceOptions pace = new PaceOptions();

  @ArgGroup(validate = false, heading = "%nLabels:%n")
  private LabelOptions labels = new LabelOptions();

  @ArgGroup(validate = false, heading = "%nWhere to:%n")
  private TargetOptions target = new TargetOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Prints this page.")
  @SuppressWarnings("unused") // picocli acts on it.
  private boolean help;

  @Option(names = "--quiet", description = "No line of progress every second.")
  private boolean quiet;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    OptionProblems problems = new OptionProblems();
    Optional<LoadConfig> config = config(problems);
    if (config.isEmpty()) {
      err.println(problems.message().orElseThrow());
      err.println("Try '" + spec.qualifiedName() + " --help'.");
      err.flush();
      return 2;
    }
    LoadGenerator generator = new LoadGenerator(config.get());
    CountDownLatch ended = new CountDownLatch(1);
    Thread onInterrupt = new Thread(() -> stopAndWait(generator, ended), "generator-stop");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try {
      run(generator, err);
      PrintWriter out = spec.commandLine().getOut();
      out.println(ProgressText.summary(generator.progress(), pace.steadyRate()));
      out.flush();
      return 0;
    } catch (DeliveryException e) {
      err.println(e.getMessage());
      err.flush();
      return 1;
    } finally {
      ended.countDown();
    }
  }

  /** Reads all options; empty if anything is wrong with them, which is in {@code problems} then. */
  private Optional<LoadConfig> config(OptionProblems problems) {
    LoadConfig.Builder builder = LoadConfig.builder();
    pace.apply(builder, problems);
    target.apply(builder, problems);
    labels.apply(builder, problems);
    long seed = pace.seed(problems);
    Optional<Dataset> dataset = data.open(seed, problems);
    if (dataset.isEmpty()) {
      return Optional.empty();
    }
    try {
      LoadConfig config = builder.seed(seed).dataset(dataset.get()).build();
      return problems.message().isEmpty() ? Optional.of(config) : Optional.empty();
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  private void run(LoadGenerator generator, PrintWriter err) throws InterruptedException {
    if (quiet) {
      generator.run();
      return;
    }
    try (ProgressPrinter printer = new ProgressPrinter(generator, err)) {
      printer.start();
      generator.run();
    }
  }

  /** On Ctrl-C: lets the run end in order, so that what was sent is acknowledged and summed up. */
  private static void stopAndWait(LoadGenerator generator, CountDownLatch ended) {
    generator.stop();
    try {
      boolean unused = ended.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
