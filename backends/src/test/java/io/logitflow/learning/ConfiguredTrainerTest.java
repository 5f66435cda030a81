package io.logitflow.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.config.ClassWeights;
import io.logitflow.config.DistillationConfig;
import io.logitflow.config.HiddenActivation;
import io.logitflow.config.HiddenLayersConfig;
import io.logitflow.config.TrainerChoice;
import io.logitflow.config.TrainerConfig;
import io.logitflow.training.Initialisation;
import io.logitflow.training.ModelIdentity;
import io.logitflow.training.Teacher;
import io.logitflow.training.TrainingListener;
import io.logitflow.training.TrainingRows;
import io.logitflow.training.sample.HeldOut;
import io.logitflow.training.sample.Sample;
import io.logitflow.training.sample.SampleLimits;
import io.logitflow.training.sample.SampleRow;
import io.logitflow.training.sample.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What options make of a sample, where PyTorch is there. */
class ConfiguredTrainerTest {

  private static final TrainingClasses CLASSES = TrainingClasses.of(List.of("same", "different"));

  private static final HiddenLayersConfig HIDDEN =
      new HiddenLayersConfig(List.of(16, 8), HiddenActivation.TANH);

  private static TrainingData data;
  private static Model network;

  @BeforeAll
  static void train() throws Exception {
    data = data(false);
    network = train(config(HIDDEN, DistillationConfig.NONE, 100), data, Optional.empty());
  }

  /** Whether two numbers have different signs: no linear model does better than guess. */
  private static TrainingData data(boolean flipped) {
    SplittableRandom random = new SplittableRandom(1);
    Sample sample = new Sample(new SampleLimits(2_000, 0, 0, 1 << 22));
    Tally tally = new Tally();
    for (int i = 0; i < 1_500; i++) {
      float x = (float) (20 * random.nextDouble() - 10);
      float y = (float) (2 * random.nextDouble() - 1);
      String label = x * y < 0 == flipped ? "same" : "different";
      SampleRow row = new SampleRow(random.nextLong(), i, label, new float[] {x, y});
      sample.add(row);
      tally.labelled(row);
    }
    return TrainingData.of(sample, tally, CLASSES, OptionalInt.empty(), new HeldOut(0.3));
  }

  private static TrainerConfig config(
      HiddenLayersConfig hidden, DistillationConfig distillation, int epochs) {
    return new TrainerConfig(
        TrainerChoice.ADAM,
        hidden,
        distillation,
        hidden.isLinear() ? Initialisation.ZERO : Initialisation.XAVIER,
        0.01,
        0,
        epochs,
        0.01,
        0,
        64,
        10,
        0,
        ClassWeights.NONE,
        true,
        true,
        7,
        1,
        1);
  }

  private static Model train(TrainerConfig config, TrainingData data, Optional<Model> champion)
      throws Exception {
    return train(config, data.trainingRows(), data.stoppingRows(), champion);
  }

  private static Model train(
      TrainerConfig config, TrainingRows rows, TrainingRows stopping, Optional<Model> champion)
      throws Exception {
    ModelTrainer.Factory factory = ConfiguredTrainer.of(config);
    assertThat(factory.lacking()).isEmpty();
    return factory
        .create()
        .train(rows, Optional.of(stopping), champion, TrainingListener.NONE, () -> false)
        .toModel(
            new ModelIdentity(
                "signs",
                4,
                Instant.EPOCH,
                CLASSES.names(),
                List.of(),
                OptionalLong.empty(),
                "1.0",
                "generated",
                Map.of()),
            List.of(new float[] {1, -1}));
  }

  private static Judgement judge(Model model) throws Exception {
    return Judgement.of(model, data.judging(), CLASSES);
  }

  @Test
  void hiddenLayersLearnWhatALinearModelCannot() throws Exception {
    Model linear =
        train(
            config(HiddenLayersConfig.NONE, DistillationConfig.NONE, 100), data, Optional.empty());
    assertThat(judge(linear).nll()).isGreaterThan(0.6);
    assertThat(judge(network).nll()).isLessThan(0.2);
    assertThat(judge(network).accuracy()).isGreaterThan(0.95);
    assertThat(network.architecture())
        .containsExactly(
            "linear 2 -> 16", "tanh", "linear 16 -> 8", "tanh", "linear 8 -> 2", "softmax");
    assertThat(network.normaliser()).isPresent();
    assertThat(network.provenance().details())
        .containsEntry("solver", "adam")
        .containsEntry("initialisation", "xavier")
        .containsEntry("start", "from scratch")
        .containsEntry("autograd", "PyTorch through DJL");
  }

  @Test
  void theSameSeedMakesTheSameModel() throws Exception {
    Model again = train(config(HIDDEN, DistillationConfig.NONE, 100), data, Optional.empty());
    assertThat(again.weightsChecksum()).isEqualTo(network.weightsChecksum());
  }

  @Test
  void trainingBeginsAtAChampionOfTheSameLayersOnly() throws Exception {
    TrainerConfig once = config(HIDDEN, DistillationConfig.NONE, 1);
    Model cold = train(once, data, Optional.empty());
    assertThat(judge(cold).nll()).isGreaterThan(0.5);

    Model warm = train(once, data, Optional.of(network));
    assertThat(warm.provenance().details()).containsEntry("start", "version 4");
    assertThat(judge(warm).nll()).isLessThan(0.25);

    HiddenLayersConfig relu = new HiddenLayersConfig(HIDDEN.units(), HiddenActivation.RELU);
    Model other = train(config(relu, DistillationConfig.NONE, 1), data, Optional.of(network));
    assertThat(other.provenance().details()).containsEntry("start", "from scratch");
    assertThat(
            train(
                    config(HiddenLayersConfig.NONE, DistillationConfig.NONE, 1),
                    data,
                    Optional.of(network))
                .provenance()
                .details())
        .containsEntry("start", "from scratch");
  }

  @Test
  void moreParametersThanAnArrayHoldsAreRefused() {
    HiddenLayersConfig huge =
        new HiddenLayersConfig(List.of(65_536, 65_536), HiddenActivation.RELU);
    assertThatThrownBy(
            () -> train(config(huge, DistillationConfig.NONE, 1), data, Optional.empty()))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("layers of widths [2, 65536, 65536, 2]")
        .hasMessageContaining("weights");
  }

  /** Its labels are all wrong, and do not count. */
  @Test
  void aNetworkThatIsTaughtByAnotherLearnsWhatThatOneKnows() throws Exception {
    TrainingData wrong = data(true);
    Teacher teacher = new Teacher(network);
    Model student =
        train(
            config(HIDDEN, new DistillationConfig("4", 2, 1), 100),
            teacher.teach(wrong.trainingRows()),
            teacher.teach(wrong.stoppingRows()),
            Optional.empty());
    assertThat(judge(student).accuracy()).isGreaterThan(0.95);
    assertThat(student.provenance().details())
        .containsEntry("distillation.temperature", "2.0")
        .containsEntry("distillation.share", "1.0");
  }
}
