package io.logitflow.config;

import io.logitflow.training.Initialisation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;

/**
 * Reads {@link TrainerConfig}. Some defaults are others for hidden layers: those of scikit-learn's
 * MLPClassifier, with early stopping.
 */
final class TrainerConfigReader {

  private static final int EPOCHS_OF_HIDDEN = 200;
  private static final double LEARNING_RATE_OF_HIDDEN = 0.001;
  private static final int PATIENCE_OF_HIDDEN = 10;

  private final JobConfigReader reader;

  TrainerConfigReader(JobConfigReader reader) {
    this.reader = reader;
  }

  /** Reads, and notes what contradicts itself. */
  TrainerConfig read() {
    HiddenLayersConfig hidden = hidden();
    boolean linear = hidden.isLinear();
    TrainerChoice choice = value(TrainerOptions.TRAINER, linear, TrainerChoice.ADAM);
    int epochs = value(TrainerOptions.EPOCHS, linear, EPOCHS_OF_HIDDEN);
    int iterations = reader.value(TrainerOptions.MAX_ITERATIONS);
    TrainerConfig config =
        new TrainerConfig(
            choice,
            hidden,
            distillation(),
            initialisation(hidden),
            reader.value(TrainerOptions.L2),
            reader.value(TrainerOptions.L1),
            isSummed(choice) ? iterations : epochs,
            value(TrainerOptions.LEARNING_RATE, linear, LEARNING_RATE_OF_HIDDEN),
            reader.value(TrainerOptions.MOMENTUM),
            reader.value(TrainerOptions.BATCH_SIZE),
            value(TrainerOptions.PATIENCE, linear, PATIENCE_OF_HIDDEN),
            reader.value(TrainerOptions.LABEL_SMOOTHING),
            reader.value(TrainerOptions.CLASS_WEIGHTS),
            reader.value(TrainerOptions.STANDARDISE),
            reader.value(TrainerOptions.WARM_START),
            reader.value(TrainerOptions.SEED),
            reader.value(TrainerOptions.TRAIN_THREADS),
            reader.value(TrainerOptions.TRAINING_PARALLELISM));
    solver(config);
    penalties(config);
    parallelism(config);
    return config;
  }

  /** The value, or if it is not set the default for linear models or for hidden layers. */
  private <T> T value(ConfigOption<T> option, boolean linear, T ofHidden) {
    T value = reader.value(option);
    return linear || reader.isSet(option) ? value : ofHidden;
  }

  private static boolean isSummed(TrainerChoice choice) {
    return choice == TrainerChoice.LBFGS || choice == TrainerChoice.OWLQN;
  }

  private HiddenLayersConfig hidden() {
    List<Integer> units =
        reader.read(TrainerOptions.HIDDEN_LAYERS).map(UnitList::parse).orElse(List.of());
    HiddenActivation activation = reader.value(TrainerOptions.ACTIVATION);
    // What was refused has its problem already.
    boolean given = reader.isSet(TrainerOptions.HIDDEN_LAYERS);
    if (units.isEmpty() && !given && reader.isSet(TrainerOptions.ACTIVATION)) {
      refused(
          TrainerOptions.ACTIVATION, activation, "expected hidden-layers beside it, such as 128");
    }
    return new HiddenLayersConfig(units, activation);
  }

  private Initialisation initialisation(HiddenLayersConfig hidden) {
    Initialisation initialisation =
        reader.read(TrainerOptions.INITIALISATION).orElseGet(() -> defaultInitialisation(hidden));
    if (!hidden.isLinear() && initialisation == Initialisation.ZERO) {
      refused(
          TrainerOptions.INITIALISATION,
          "zero",
          "expected normal, xavier or kaiming with hidden-layers: units that begin alike stay so");
    }
    return initialisation;
  }

  private static Initialisation defaultInitialisation(HiddenLayersConfig hidden) {
    if (hidden.isLinear()) {
      return Initialisation.ZERO;
    }
    return switch (hidden.activation()) {
      case RELU, LEAKY_RELU -> Initialisation.KAIMING;
      case SIGMOID, TANH -> Initialisation.XAVIER;
    };
  }

  private DistillationConfig distillation() {
    double temperature = reader.value(TrainerOptions.DISTIL_TEMPERATURE);
    double share = reader.value(TrainerOptions.DISTIL_SHARE);
    withTeacher(TrainerOptions.DISTIL_TEMPERATURE, temperature);
    withTeacher(TrainerOptions.DISTIL_SHARE, share);
    return new DistillationConfig(
        reader.read(TrainerOptions.DISTIL_FROM).orElse(""), temperature, share);
  }

  private void withTeacher(ConfigOption<Double> option, double value) {
    if (reader.isSet(option) && !reader.isSet(TrainerOptions.DISTIL_FROM)) {
      refused(option, value, "expected distil-from beside it, such as champion");
    }
  }

  private void solver(TrainerConfig trainer) {
    if (!trainer.hidden().isLinear() && isSummed(trainer.choice())) {
      refused(
          TrainerOptions.TRAINER,
          trainer.choice().name().toLowerCase(Locale.ROOT),
          "expected adam or sgd with hidden-layers: lbfgs and owlqn are for linear models; leave "
              + "trainer out for adam");
    }
  }

  private void penalties(TrainerConfig trainer) {
    boolean owlqn = trainer.choice() == TrainerChoice.OWLQN;
    if (owlqn != trainer.l1() > 0) {
      refused(
          TrainerOptions.L1,
          trainer.l1(),
          owlqn
              ? "expected more than 0 with owlqn; lbfgs is for l2 alone"
              : "expected 0: only owlqn can do with it");
    }
  }

  private void parallelism(TrainerConfig trainer) {
    if (trainer.parallelism() == 1) {
      return;
    }
    if (!trainer.hidden().isLinear()) {
      refused(
          TrainerOptions.TRAINING_PARALLELISM,
          trainer.parallelism(),
          "expected 1 with hidden-layers, whose steps follow one another; leave it out, or leave "
              + "hidden-layers out for a linear model");
    } else if (!isSummed(trainer.choice())) {
      refused(
          TrainerOptions.TRAINING_PARALLELISM,
          trainer.parallelism(),
          "expected 1 with sgd and adam, whose steps follow one another; lbfgs and owlqn take "
              + "sums over any number of subtasks");
    } else if (!trainer.distillation().isNone()) {
      refused(
          TrainerOptions.TRAINING_PARALLELISM,
          trainer.parallelism(),
          "expected 1 with distil-from: one subtask asks the other model; leave one of them out");
    }
  }

  /** Notes a contradiction, unless the option has a problem already that may be its cause. */
  private void refused(ConfigOption<?> option, Object value, String expectation) {
    reader
        .problems()
        .addIfFirstOfItsKey(new Problem(option.key(), Optional.of(value.toString()), expectation));
  }
}
