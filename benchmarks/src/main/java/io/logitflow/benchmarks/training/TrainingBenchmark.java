package io.logitflow.benchmarks.training;

import io.logitflow.benchmarks.Machine;
import io.logitflow.benchmarks.Spread;
import io.logitflow.generator.dataset.Dataset;
import io.logitflow.generator.dataset.DatasetCatalogue;
import io.logitflow.generator.dataset.Row;
import io.logitflow.generator.dataset.Rows;
import io.logitflow.generator.dataset.Split;
import io.logitflow.training.Initialisation;
import io.logitflow.training.Lbfgs;
import io.logitflow.training.LbfgsOptions;
import io.logitflow.training.LocalLoss;
import io.logitflow.training.LossOptions;
import io.logitflow.training.MiniBatchOptions;
import io.logitflow.training.Minimum;
import io.logitflow.training.Objective;
import io.logitflow.training.Precision;
import io.logitflow.training.StepRule;
import io.logitflow.training.Trainer;
import io.logitflow.training.TrainerOptions;
import io.logitflow.training.TrainingRows;
import io.logitflow.training.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the trainers against scikit-learn and PyTorch. */
@Command(
    name = "training",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Softmax regression on all 60,000 training rows of Fashion-MNIST: seconds to the optimum of"
          + " L2 by L-BFGS, against scikit-learn in a process of its own; and seconds of an epoch"
          + " of mini-batch SGD, against PyTorch's autograd through DJL. All cores, alternating."
          + " Writes report.md and runs.csv."
    })
public final class TrainingBenchmark implements Callable<Integer> {

  private static final int CLASSES = 10;
  private static final int FEATURES = 784;

  /** C of scikit-learn, and the tolerance of the largest element of its gradient. */
  private static final double C = 0.01;

  private static final double TOLERANCE = 1e-4;

  @Option(
      names = "--fashion-mnist",
      paramLabel = "DIRECTORY",
      required = true,
      description = "The IDX files of Fashion-MNIST, plain or .gz.")
  private Path folder;

  @Option(
      names = "--python",
      defaultValue = "python3",
      description = "Python with scikit-learn (default: ${DEFAULT-VALUE}).")
  private String python;

  @Option(
      names = "--script",
      required = true,
      description = "What runs scikit-learn; the launcher knows it.")
  private Path script;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Rounds of L-BFGS; 0 leaves it out (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--epochs",
      defaultValue = "5",
      description = "Epochs of SGD in a round (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--sgd-rounds",
      defaultValue = "5",
      description =
          "Rounds of SGD, after one that does not count; 0 leaves it out"
              + " (default: ${DEFAULT-VALUE}).")
  private int sgdRounds;

  @Option(
      names = "--pytorch-threads",
      defaultValue = "1",
      description =
          "Threads of PyTorch; ours are as many as there are cores (default: ${DEFAULT-VALUE}).")
  private int pytorchThreads;

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      required = true,
      description = "Directory for the report.")
  private Path out;

  private String arguments = "";
  private final StringBuilder report = new StringBuilder("# Training\n\n");
  private final StringBuilder csv =
      new StringBuilder("round,what,seconds,steps,objective_or_accuracy\n");

  private TrainingBenchmark() {}

  /** Runs the benchmark. */
  public static void main(String[] args) {
    TrainingBenchmark benchmark = new TrainingBenchmark();
    // The launcher adds the first two.
    benchmark.arguments = Arrays.stream(args).skip(2).collect(Collectors.joining(" "));
    System.exit(new CommandLine(benchmark).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(out);
    report.append(Machine.describe()).append("\n\n    benchmarks/training ").append(arguments);
    report.append("\n\n");
    TrainingRows rows = read();
    try (Workers workers = Workers.ofAllCores()) {
      if (rounds > 0) {
        lbfgs(rows, workers);
      }
      if (sgdRounds > 0) {
        sgd(rows, workers);
      }
    }
    Files.writeString(out.resolve("report.md"), report);
    Files.writeString(out.resolve("runs.csv"), csv);
    System.out.print(report);
    return 0;
  }

  private TrainingRows read() throws Exception {
    Dataset dataset = DatasetCatalogue.openFashionMnist(folder);
    TrainingRows.Builder builder = TrainingRows.builder(FEATURES, CLASSES);
    for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
      Rows rows = dataset.rows(split);
      Row row = rows.newRow();
      for (int i = 0; i < rows.size(); i++) {
        rows.read(i, row);
        builder.add(row.features(), row.label());
      }
    }
    return builder.build();
  }

  /**
   * scikit-learn goes first: it stops when its objective falls no more, long before its gradient is
   * at the tolerance, and ours goes on until no element of its gradient is larger than that there.
   */
  private void lbfgs(TrainingRows rows, Workers workers) throws IOException {
    Objective exact =
        new Objective(new LocalLoss(rows, LossOptions.PLAIN, Precision.FLOAT64, workers), 1 / C);
    double[] gradient = new double[exact.dimension()];
    try (SklearnPeer sklearn = new SklearnPeer(python, script, folder)) {
      report.append(
          "Seconds to the optimum of C sum(cross-entropy) + |W|^2 / 2, C = %s, by L-BFGS, %d rounds. scikit-learn first, to its tolerance of %s; ours until its gradient is as small. Objective and the largest element of its gradient in float64, as sum(cross-entropy) + |W|^2 / (2 C). %s.%n%n"
              .formatted(C, rounds, TOLERANCE, sklearn.version()));
      report.append(
          """
          | round | logitflow | iterations | objective | gradient | scikit-learn | iterations | objective | gradient | scikit-learn / logitflow |
          |---|---|---|---|---|---|---|---|---|---|
          """);
      for (int round = 0; round < rounds; round++) {
        SklearnPeer.Fit fit = sklearn.fit(C, TOLERANCE);
        line(round, "sklearn-lbfgs", fit.seconds(), fit.iterations(), fit.objective());
        long start = System.nanoTime();
        Minimum minimum = minimise(rows, workers, fit.gradient() / rows.weight());
        double seconds = (System.nanoTime() - start) / 1e9;
        double objective = exact.evaluate(minimum.point(), gradient) * rows.weight();
        double largest = Arrays.stream(gradient).map(Math::abs).max().orElseThrow() * rows.weight();
        line(round, "logitflow-lbfgs", seconds, minimum.iterations(), objective);
        report.append(
            String.format(
                Locale.ROOT,
                "| %d | %.2f | %d | %.4f | %.3g | %.2f | %d | %.4f | %.3g | %.2f |%n",
                round + 1,
                seconds,
                minimum.iterations(),
                objective,
                largest,
                fit.seconds(),
                fit.iterations(),
                fit.objective(),
                fit.gradient(),
                fit.seconds() / seconds));
      }
    }
  }

  private Minimum minimise(TrainingRows rows, Workers workers, double gradientTolerance) {
    Objective objective =
        new Objective(new LocalLoss(rows, LossOptions.PLAIN, Precision.FLOAT32, workers), 1 / C);
    LbfgsOptions options = new LbfgsOptions(10, 1000, gradientTolerance, 0);
    return new Lbfgs(options)
        .minimise(objective, new double[objective.dimension()], iteration -> {}, () -> false);
  }

  private void sgd(TrainingRows rows, Workers workers) {
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(pytorchThreads));
    Trainer trainer =
        new Trainer(
            TrainerOptions.DEFAULTS
                .withPenalties(0, 0)
                .withInitialisation(Initialisation.ZERO, 0)
                .withSolver(new MiniBatchOptions(new StepRule.Sgd(0.1, 0), 256, epochs, true, 0)),
            workers);
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    try (DjlSgd pytorch = pytorch(rows)) {
      for (int round = -1; round < sgdRounds; round++) {
        long start = System.nanoTime();
        double accuracy = trainer.train(rows, Optional.empty()).report().training().accuracy();
        double own = (System.nanoTime() - start) / 1e9 / epochs;
        start = System.nanoTime();
        double peerAccuracy = pytorch.train(epochs);
        double peer = (System.nanoTime() - start) / 1e9 / epochs;
        if (round >= 0) {
          line(round, "logitflow-sgd-epoch", own, epochs, accuracy);
          line(round, "pytorch-sgd-epoch", peer, epochs, peerAccuracy);
          ours.add(own);
          theirs.add(peer);
          ratios.add(peer / own);
        }
      }
    }
    report.append(
        "%nSeconds of an epoch of SGD from zero, rate 0.1, shuffled mini-batches of 256, in runs of %d epochs and the accuracy after them; medians of %d (least to greatest):%n%n"
            .formatted(epochs, sgdRounds));
    report.append(
        """
        | logitflow | PyTorch through DJL | PyTorch / logitflow within a round |
        |---|---|---|
        """);
    report.append(
        "| %s | %s | %s |%n"
            .formatted(
                new Spread(ours).text("%.3f"),
                new Spread(theirs).text("%.3f"),
                new Spread(ratios).text("%.3f")));
  }

  private static DjlSgd pytorch(TrainingRows rows) {
    float[] values = new float[Math.multiplyExact(rows.size(), FEATURES)];
    long[] labels = new long[rows.size()];
    for (int row = 0; row < labels.length; row++) {
      System.arraycopy(rows.row(row), 0, values, row * FEATURES, FEATURES);
      labels[row] = rows.label(row);
    }
    return new DjlSgd(values, labels, FEATURES, CLASSES);
  }

  private void line(int round, String what, double seconds, int steps, double result) {
    String text =
        String.format(Locale.ROOT, "%d,%s,%.4f,%d,%.6f%n", round + 1, what, seconds, steps, result);
    csv.append(text);
    System.err.print(text);
  }
}
