package io.logitflow.launcher.explain;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearView;
import io.logitflow.classifier.Model;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.launcher.models.FeatureNames;
import io.logitflow.launcher.models.ImageOption;
import io.logitflow.launcher.models.IndexPage;
import io.logitflow.launcher.models.ModelSelection;
import io.logitflow.launcher.models.ModelsSubcommand;
import io.logitflow.plot.ImageShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code logitflow explain}. */
@Command(
    name = "explain",
    description = "Says why a linear classifier gives a record the class that it gives.",
    footer = {
      "",
      "PROBABILITY  after calibration",
      "LOGIT        weights x features + bias, before calibration",
      "DISTANCE     logit / norm of the class's weights: how far on the side of the class the",
      "             record lies, in units of the features",
      "CONTRIBUTION weight x (value - mean): the contributions of all features and the lead at the",
      "             mean record add up to the lead of one class over the other",
      "",
      "For example:",
      "  logitflow explain --file fashion.safetensors --dataset fashion-mnist --row 17 --plots"
          + " why/",
      "  logitflow explain --bootstrap-servers localhost:9092 --model fraud --id tx-4711"
    })
public final class ExplainCommand extends ModelsSubcommand {

  private static final int MAX_TOP = 1000;

  @Mixin private ModelSelection selection;

  @Mixin private RecordSelection record;

  @Option(
      names = "--mean",
      paramLabel = "FILE|DATASET",
      description =
          "The record to compare with: the mean of a CSV file's rows or of a shipped data set. By"
              + " default the means of the model's normaliser, or else 0.")
  private String mean;

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "The class to explain; by default the predicted one.")
  private String target;

  @Option(
      names = "--against",
      paramLabel = "CLASS",
      description = "The class to compare it with; by default the strongest of the others.")
  private String rival;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "12",
      description = "Features of largest contribution to show; default ${DEFAULT-VALUE}.")
  private int top;

  @Option(names = "--json", description = "As JSON, with every feature and class.")
  private boolean json;

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      description = "Write pictures of the contributions there; files are replaced.")
  private Path plots;

  @Mixin private ImageOption image;

  @Override
  protected boolean needsBroker() {
    return !selection.isFile() || record.isOnTopic();
  }

  @Override
  protected void run(ModelTopic models)
      throws ModelTopicException, InvalidModelException, IOException {
    Optional<String> problem = selection.problem().or(record::problem);
    if (problem.isPresent()) {
      throw misuse(problem.get());
    }
    if (top < 1 || top > MAX_TOP) {
      throw misuse("--top is %d, expected 1 to %d".formatted(top, MAX_TOP));
    }
    Model model = selection.isFile() ? selection.read() : selection.find(read(models));
    LinearView view = LinearView.of(model);
    Optional<ImageShape> shape = image.shape(model);
    RecordToExplain found = record.find(model, broker(), err());
    Explanation explanation =
        Explanation.of(
            model,
            found,
            FeatureNames.of(model, shape.isPresent() ? List.of() : found.featureNames(), shape),
            MeanRecord.of(Optional.ofNullable(mean), model, view),
            Optional.ofNullable(target),
            Optional.ofNullable(rival));
    if (json) {
      out().println(ExplanationJson.of(explanation));
    } else {
      ExplanationText.lines(explanation, top).forEach(out()::println);
    }
    if (plots != null) {
      plot(explanation, shape);
    }
  }

  private void plot(Explanation explanation, Optional<ImageShape> shape) throws IOException {
    ExplanationPlots figures = new ExplanationPlots(explanation);
    List<Path> files = new ArrayList<>();
    if (shape.isPresent()) {
      files.addAll(figures.writeImages(plots, shape.get()));
    }
    files.addAll(figures.writeBars(plots, top));
    Path index =
        IndexPage.write(
            plots,
            "%s against %s".formatted(explanation.targetName(), explanation.rivalName()),
            "%s; %s; mean record: %s."
                .formatted(
                    explanation.record().origin(),
                    explanation.model(),
                    explanation.mean().origin()),
            files);
    PrintWriter report = json ? err() : out();
    report.println();
    report.println("Wrote " + index);
    files.forEach(file -> report.println("      " + file));
    report.flush();
  }
}
