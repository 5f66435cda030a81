package io.logitflow.config;

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
                  + "weights at exactly 0 by l1, sgd and adam go by mini-batches.");

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
          .withDescription("Passes of sgd and adam over the rows.");

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
          .withDescription("Size of a step of sgd and adam; adam wants less, such as 0.001.");

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
                  + "they stop with the best weights; 0 never.");

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
                  + "model of as many features and classes.");

  /** Seed of everything random. */
  public static final ConfigOption<Long> SEED =
      ConfigOptions.key("seed")
          .longType()
          .defaultValue(0L)
          .withDescription(
              "Seed of the order of rows in mini-batches. The same seed, rows and options "
                  + "give the same model.");

  /** Threads of a training. */
  public static final ConfigOption<Integer> TRAIN_THREADS =
      ConfigOptions.key("train-threads")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Threads of a training, in each of its subtasks; 0: one for each core. The model "
                  + "does not depend on it.");

  /** Subtasks of a training. */
  public static final ConfigOption<Integer> TRAINING_PARALLELISM =
      ConfigOptions.key("training-parallelism")
          .intType()
          .defaultValue(1)
          .withDescription(
              "Subtasks that train together, each on its part of the rows, where these outgrow "
                  + "one. They find the same optimum; sgd and adam need 1.");

  static final OptionGroup GROUP =
      OptionGroup.titled("Trainer")
          .with(CLASSES, Accepted.classNames(), JobOptions.TRAINING)
          .with(TRAINER, Accepted.oneOf(TrainerChoice.class), JobOptions.TRAINING)
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
          .with(STANDARDISE, Accepted.bool(), JobOptions.TRAINING)
          .with(WARM_START, Accepted.bool(), JobOptions.TRAINING)
          .with(SEED, Accepted.between(Long.MIN_VALUE, Long.MAX_VALUE), JobOptions.TRAINING)
          .with(TRAIN_THREADS, Accepted.between(0, 1_024), JobOptions.TRAINING)
          .with(TRAINING_PARALLELISM, Accepted.between(1, 1_024), JobOptions.TRAINING);

  private TrainerOptions() {}
}
