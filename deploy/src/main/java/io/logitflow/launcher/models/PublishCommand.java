package io.logitflow.launcher.models;

import io.logitflow.classifier.Calibration;
import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.connector.AliasMove;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.schema.DecisionKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code logitflow models publish}. */
@Command(
    name = "publish",
    description =
        "Checks a model and publishes it as a new version; creates the models topic if it is"
            + " missing.",
    footer = {
      "",
      "safetensors  an nn.Linear or nn.Sequential, with activations, output function and names in"
          + " a",
      "             JSON file of the same name beside it; and optionally normaliser.mean and",
      "             normaliser.std",
      "onnx         becomes layers of ours if it is a chain of scaler, linear layers, activations,",
      "             batch normalisation and softmax; any other network is served by an engine",
      "pt           TorchScript, served by an engine (logitflow backends); needs --input-shape,",
      "             --classes and --yields",
      "",
      "For example:",
      "  logitflow models publish --bootstrap-servers localhost:9092 --model digits --file"
          + " cnn.pt",
      "      --input-shape 1,8,8 --classes 10 --yields logits --promote",
      "See docs/models.md."
    })
final class PublishCommand extends ModelsSubcommand {

  @Option(
      names = "--file",
      paramLabel = "FILE",
      required = true,
      description = "The model, *.safetensors, *.onnx, *.pt (TorchScript) or *.avro.")
  private Path file;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Name of the model; by default the one that an .avro file holds.")
  private String name;

  @Mixin private NamesOptions names;

  @Mixin private TraitsOptions traits;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "Temperature of the softmax; above 1 makes probabilities softer. Biases of the file"
              + " stay.")
  private Double temperature;

  @Option(
      names = "--version",
      paramLabel = "NUMBER",
      description = "Number of the version; by default the next free one.")
  private Long version;

  @Option(
      names = "--skip-unchanged",
      description =
          "Publish nothing if the latest version has the same weights, names and calibration.")
  private boolean skipUnchanged;

  @ArgGroup private Role role = new Role();

  /** What the version becomes. */
  private static final class Role {
    @Option(names = "--promote", description = "Make it the champion.")
    private boolean promote;

    @Option(names = "--challenger", description = "Make it the challenger.")
    private boolean challenger;
  }

  @Mixin private ReasonOption why;

  @Mixin private DecisionsTopicOption decisions;

  @Override
  protected void run(ModelTopic models)
      throws ModelTopicException, InvalidModelException, IOException {
    Model model = model();
    try (Classifier unused = Classifiers.load(model, KernelChoice.AUTO)) {
      if (models.createIfMissing()) {
        out().println("Created the models topic.");
      }
      Optional<Model> latest = read(models).latest(model.name());
      long number;
      if (skipUnchanged && latest.isPresent() && isUnchanged(latest.get(), model)) {
        number = latest.get().version();
        out().printf("Version %d of %s is this model already.%n", number, model.name());
      } else {
        number = publish(models, model);
        out().println(published(model, number, latest));
      }
      assignAlias(models, model.name(), Long.toString(number));
    }
  }

  private static boolean isUnchanged(Model latest, Model model) {
    return hasSameWeights(latest, model)
        && latest.classNames().equals(model.classNames())
        && latest.featureNames().equals(model.featureNames())
        && latest.calibration().hasParametersOf(model.calibration());
  }

  private static boolean hasSameWeights(Model latest, Model model) {
    return Arrays.equals(latest.weightsChecksum(), model.weightsChecksum());
  }

  private static String published(Model model, long number, Optional<Model> latest) {
    String text =
        "Published %s version %d: %d features, %d classes, weights %s."
            .formatted(
                model.name(),
                number,
                model.featureCount(),
                model.classCount(),
                HexFormat.of().formatHex(model.weightsChecksum(), 0, 4));
    return latest.isPresent() && hasSameWeights(latest.get(), model)
        ? text + " They are those of version " + latest.get().version() + "."
        : text;
  }

  private long publish(ModelTopic models, Model model) throws ModelTopicException {
    if (version == null) {
      return models.publish(model);
    }
    models.publish(model, version);
    return version;
  }

  private void assignAlias(ModelTopic models, String model, String number)
      throws ModelTopicException, IOException {
    if (role.promote) {
      List<AliasMove> moves = models.promote(model, number, user(), why.reason());
      report(model, moves, "");
      if (!moves.isEmpty()) {
        decisions.write(
            broker(),
            PersonalDecision.ofChampion(DecisionKind.PROMOTION, model, moves, user(), why.reason()),
            err());
      }
    } else if (role.challenger) {
      List<AliasMove> moves =
          models.challenge(model, ModelKey.CHALLENGER, number, user(), why.reason());
      report(model, moves, "");
      if (!moves.isEmpty()) {
        decisions.write(
            broker(),
            PersonalDecision.ofChallenger(models.read(), model, moves, user(), why.reason()),
            err());
      }
    } else if (read(models).aliases(model).isEmpty()) {
      out().println("No version serves yet; `logitflow models promote` makes one the champion.");
    }
  }

  private Model model() throws IOException, InvalidModelException {
    ModelFile found = ModelFile.of(file);
    if (name == null && !found.isContainer()) {
      throw misuse("--model is missing: only an .avro file names its model");
    }
    Model.Builder builder = found.read(names, traits, codeVersion());
    if (name != null) {
      builder.name(name);
    }
    Instant now = Instant.now(Clock.systemUTC());
    if (!found.isContainer()) {
      builder.createdAt(now);
      if (temperature != null) {
        builder.temperature(temperature);
      }
      return found.build(builder);
    }
    Model read = found.build(builder);
    return temperature == null ? read : recalibrated(read, now);
  }

  private Model recalibrated(Model read, Instant now) throws InvalidModelException {
    Calibration next = read.calibration().withTemperature(temperature);
    try {
      return read.withCalibration(next, read.version(), now, Map.of());
    } catch (IllegalArgumentException e) {
      throw new InvalidModelException(e.getMessage(), e);
    }
  }

  private static String codeVersion() {
    return Optional.ofNullable(PublishCommand.class.getPackage().getImplementationVersion())
        .orElse("");
  }
}
