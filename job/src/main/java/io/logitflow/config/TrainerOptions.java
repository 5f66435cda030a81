package io.logitflow.config;

import io.logitflow.training.Initialisation;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of how weights are found. */
public final class TrainerOptions {

  /** Names of the classes. */
  public static final ConfigOption<String> CLASSES =
      ConfigOptions.key("classes")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Names of the classes in the order of their indices, separated by commas. "
                  + "Unset: those of the champion, else of the newest version, else what labels "
                  + "say: indices, or names in alphabetical order.");

  /** What finds the weights. */
  public static final ConfigOption<TrainerChoice> TRAINER =
      ConfigOptions.key("trainer")
          .enumType(TrainerChoice.class)
          .defaultValue(TrainerChoice.LBFGS)
          .withDescription(
              "What finds the weights: lbfgs goes to the optimum, owlqn too and leaves "
                  + "weights at exactly 0 by l1, sgd and adam go by mini-batches. Unset with "
                  + "hidden-layers: adam.");

  /** Layers between features and classes. */
  public static final ConfigOption<String> HIDDEN_LAYERS =
      ConfigOptions.key("hidden-layers")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Numbers of units of hidden layers, from the features on, such as 128,64. Unset: "
                  + "none, a linear model. Trained by PyTorch, which has to be installed: see "
                  + "backends.md.");

  /** What follows each hidden layer. */
  public static final ConfigOption<HiddenActivation> ACTIVATION =
      ConfigOptions.key("activation")
          .enumType(HiddenActivation.class)
          .defaultValue(HiddenActivation.RELU)
          .withDescription("What follows each hidden layer; leaky-relu has a slope of 0.01.");

  /** What weights are drawn from. */
  public static final ConfigOption<Initialisation> INITIALISATION =
      ConfigOptions.key("initialisation")
          .enumType(Initialisation.class)
          .noDefaultValue()
          .withDescription(
              "What weights are drawn from unless training begins at the champion. Unset: zero "
                  + "for linear models; with hidden-layers kaiming for relu and leaky-relu, "
                  + "xavier for sigmoid and tanh.");

  /** Whose probabilities are learned. */
  public static final ConfigOption<String> DISTIL_FROM =
      ConfigOptions.key("distil-from")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Distillation: whose probabilities are learned beside the labels, champion or the "
                  + "number of a version of the model. Unset: nobody's.");

  /** Temperature of distillation. */
  public static final ConfigOption<Double> DISTIL_TEMPERATURE =
      ConfigOptions.key("distil-temperature")
          .doubleType()
          .defaultValue(DistillationConfig.NONE.temperature())
          .withDescription(
              "What the logits of both models are divided by for distillation: more than 1 shows "
                  + "more of what the other one thinks of the classes that it does not choose.");

  /** Share of distillation. */
  public static final ConfigOption<Double> DISTIL_SHARE =
      ConfigOptions.key("distil-share")
          .doubleType()
          .defaultValue(DistillationConfig.NONE.share())
          .withDescription(
              "Share of the loss that comes from the other model's probabilities; the labels "
                  + "have the rest, none of it at 1.");

  /** Penalty on squared weights. */
  public static final ConfigOption<Double> L2 =
      ConfigOptions.key("l2")
          .doubleType()
          .defaultValue(1.0)
          .withDescription(
              "Strength of the penalty on half of the squared weights, against the sum of the "
                  + "losses of all rows: 1 / C of scikit-learn. Biases are free.");

  /** Penalty on absolute weights. */
  public static final ConfigOption<Double> L1 =
      ConfigOptions.key("l1")
          .doubleType()
          .defaultValue(0.0)
          .withDescription(
              "Strength of the penalty on absolute weights, against the sum of the losses of "
                  + "all rows; of owlqn only.");

  /** Most iterations. */
  public static final ConfigOption<Integer> MAX_ITERATIONS =
      ConfigOptions.key("max-iterations")
          .intType()
          .defaultValue(100)
          .withDescription(
              "Iterations after which lbfgs and owlqn stop, if they have not arrived before.");

  /** Passes over the rows. */
  public static final ConfigOption<Integer> EPOCHS =
      ConfigOptions.key("epochs")
          .intType()
          .defaultValue(10)
          .withDescription(
              "Passes of sgd and adam over the rows, at most. Unset with hidden-layers: 200.");

  /** Rows of a mini-batch. */
  public static final ConfigOption<Integer> BATCH_SIZE =
      ConfigOptions.key("batch-size")
          .intType()
          .defaultValue(256)
          .withDescription("Rows of a mini-batch of sgd and adam.");

  /** Size of a step. */
  public static final ConfigOption<Double> LEARNING_RATE =
      ConfigOptions.key("learning-rate")
          .doubleType()
          .defaultValue(0.1)
          .withDescription(
              "Size of a step of sgd and adam; adam wants less, such as 0.001, which it is with "
                  + "hidden-layers if it is unset.");

  /** Share of the last step. */
  public static final ConfigOption<Double> MOMENTUM =
      ConfigOptions.key("momentum")
          .doubleType()
          .defaultValue(0.0)
          .withDescription("Share of the last step of sgd in the next one.");

  /** Epochs without progress. */
  public static final ConfigOption<Integer> PATIENCE =
      ConfigOptions.key("patience")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Epochs of sgd and adam without a lower loss of the held-out rows after which "
                  + "they stop with the best weights; 0 never. Unset with hidden-layers: 10.");

  /** Probability that is spread. */
  public static final ConfigOption<Double> LABEL_SMOOTHING =
      ConfigOptions.key("label-smoothing")
          .doubleType()
          .defaultValue(0.0)
          .withDescription("Probability that is taken from the true class and spread over all.");

  /** What rows of a class weigh. */
  public static final ConfigOption<ClassWeights> CLASS_WEIGHTS =
      ConfigOptions.key("class-weights")
          .enumType(ClassWeights.class)
          .defaultValue(ClassWeights.NONE)
          .withDescription(
              "none: a row of any class counts alike. balanced: classes count alike, which "
                  + "makes a model find rare ones and its probabilities too high for them.");

  /** Whether features are standardised. */
  public static final ConfigOption<Boolean> STANDARDISE =
      ConfigOptions.key("standardise")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether features are shifted and scaled to mean 0 and deviation 1 first, by "
                  + "the rows to train with; the model keeps that as its normaliser.");

  /** Whether to begin at the champion. */
  public static final ConfigOption<Boolean> WARM_START =
      ConfigOptions.key("warm-start")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether training begins at the weights of the champion, if it is a linear "
                  + "model of as many features and classes, or has the same hidden layers.");

  /** Seed of everything random. */
  public static final ConfigOption<Long> SEED =
      ConfigOptions.key("seed")
          .longType()
          .defaultValue(0L)
          .withDescription(
              "Seed of the order of rows in mini-batches, and of weights that are drawn. The same"
                  + " seed, rows and options give the same model.");

  /** Threads of a training. */
  public static final ConfigOption<Integer> TRAIN_THREADS =
      ConfigOptions.key("train-threads")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Threads of a training, in each of its subtasks; 0: one for each core. The model "
                  + "does not depend on it. PyTorch has its own: see backends.md.");

  /** Subtasks of a training. */
  public static final ConfigOption<Integer> TRAINING_PARALLELISM =
      ConfigOptions.key("training-parallelism")
          .intType()
          .defaultValue(1)
          .withDescription(
              "Subtasks that train together, each on its part of the rows, where these outgrow "
                  + "one. They find the same optimum; sgd, adam, hidden "
                  + "layers and distillation need 1.");

  static final OptionGroup GROUP =
      OptionGroup.titled("Trainer")
          .with(CLASSES, Accepted.classNames(), JobOptions.TRAINING)
          .with(TRAINER, Accepted.oneOf(TrainerChoice.class), JobOptions.TRAINING)
          .with(HIDDEN_LAYERS, Accepted.units(), JobOptions.TRAINING)
          .with(ACTIVATION, Accepted.oneOf(HiddenActivation.class), JobOptions.TRAINING)
          .with(INITIALISATION, Accepted.oneOf(Initialisation.class), JobOptions.TRAINING)
          .with(L2, Accepted.between(0.0, 1e12), JobOptions.TRAINING)
          .with(L1, Accepted.between(0.0, 1e12), JobOptions.TRAINING)
          .with(MAX_ITERATIONS, Accepted.between(1, 100_000), JobOptions.TRAINING)
          .with(EPOCHS, Accepted.between(1, 100_000), JobOptions.TRAINING)
          .with(BATCH_SIZE, Accepted.between(1, 1_000_000), JobOptions.TRAINING)
          .with(LEARNING_RATE, Accepted.between(1e-9, 1e3), JobOptions.TRAINING)
          .with(MOMENTUM, Accepted.between(0.0, 0.9999), JobOptions.TRAINING)
          .with(PATIENCE, Accepted.between(0, 100_000), JobOptions.TRAINING)
          .with(LABEL_SMOOTHING, Accepted.between(0.0, 0.99), JobOptions.TRAINING)
          .with(CLASS_WEIGHTS, Accepted.oneOf(ClassWeights.class), JobOptions.TRAINING)
          .with(DISTIL_FROM, Accepted.championOrVersion(), JobOptions.TRAINING)
          .with(DISTIL_TEMPERATURE, Accepted.between(0.01, 1e3), JobOptions.TRAINING)
          .with(DISTIL_SHARE, Accepted.between(0.001, 1.0), JobOptions.TRAINING)
          .with(STANDARDISE, Accepted.bool(), JobOptions.TRAINING)
          .with(WARM_START, Accepted.bool(), JobOptions.TRAINING)
          .with(SEED, Accepted.between(Long.MIN_VALUE, Long.MAX_VALUE), JobOptions.TRAINING)
          .with(TRAIN_THREADS, Accepted.between(0, 1_024), JobOptions.TRAINING)
          .with(TRAINING_PARALLELISM, Accepted.between(1, 1_024), JobOptions.TRAINING);

  private TrainerOptions() {}
}
