package io.logitflow.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.training.Initialisation;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingConfigTest {

  @Nested
  class ByDefault {

    private final TrainingConfig config = read(Map.of());

    @Test
    void trainsOnceADayAndWhenAnAlarmSounds() {
      assertThat(config.triggers())
          .isEqualTo(new TriggerConfig(Duration.ofDays(1), 0, true, Duration.ofHours(1), 1_000));
      assertThat(config.maturity()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void samplesAndGoesToTheOptimumOfStandardisedFeatures() {
      assertThat(config.classNames()).isEmpty();
      assertThat(config.sample())
          .isEqualTo(new SampleConfig(100_000, 20_000, 1_000, 256 << 20, 0.2));
      assertThat(config.trainer())
          .isEqualTo(
              new TrainerConfig(
                  TrainerChoice.LBFGS,
                  HiddenLayersConfig.NONE,
                  DistillationConfig.NONE,
                  Initialisation.ZERO,
                  1,
                  0,
                  100,
                  0.1,
                  0,
                  256,
                  0,
                  0,
                  ClassWeights.NONE,
                  true,
                  true,
                  0,
                  0,
                  1));
    }

    @Test
    void trainsInSeveralSubtasksIfItIsToldTo() {
      assertThat(read(Map.of("training-parallelism", "4")).trainer().parallelism()).isEqualTo(4);
      assertThat(
              read(Map.of("training-parallelism", "2", "trainer", "owlqn", "l1", "1"))
                  .trainer()
                  .parallelism())
          .isEqualTo(2);
    }

    @Test
    void publishesAChallenger() {
      assertThat(config.publishing())
          .isEqualTo(new PublishingConfig(PublishMode.CHALLENGER, 0.01, false, false));
    }

    @Test
    void goesOnAtCommittedOffsetsButBeginsAtTheBeginningIfItEnds() {
      assertThat(config.reading().range())
          .isEqualTo(new ReadingRange(new StartingPoint.Committed(), Optional.empty()));
      assertThat(read(Map.of("bounded", "true")).reading().range())
          .isEqualTo(
              new ReadingRange(new StartingPoint.Earliest(), Optional.of(new TopicPoint.Latest())));
      assertThat(read(Map.of("to", "1h", "from", "committed")).reading().range().from())
          .isEqualTo(new StartingPoint.Committed());
    }
  }

  @Nested
  class WithHiddenLayers {

    @Test
    void trainsByAdamInSmallStepsUntilTheHoldoutSaysStop() {
      TrainerConfig trainer = read(Map.of("hidden-layers", "16")).trainer();
      assertThat(trainer)
          .isEqualTo(
              new TrainerConfig(
                  TrainerChoice.ADAM,
                  new HiddenLayersConfig(List.of(16), HiddenActivation.RELU),
                  DistillationConfig.NONE,
                  Initialisation.KAIMING,
                  1,
                  0,
                  200,
                  0.001,
                  0,
                  256,
                  10,
                  0,
                  ClassWeights.NONE,
                  true,
                  true,
                  0,
                  0,
                  1));
    }

    @ParameterizedTest
    @CsvSource({"relu,KAIMING", "leaky-relu,KAIMING", "sigmoid,XAVIER", "tanh,XAVIER"})
    void drawsWeightsThatSuitTheActivation(String activation, Initialisation expected) {
      assertThat(
              read(Map.of("hidden-layers", "16", "activation", activation))
                  .trainer()
                  .initialisation())
          .isEqualTo(expected);
    }

    @Test
    void takesWhatIsSetInstead() {
      TrainerConfig trainer =
          read(Map.of(
                  "hidden-layers", "16",
                  "trainer", "sgd",
                  "epochs", "10",
                  "learning-rate", "0.1",
                  "patience", "0"))
              .trainer();
      assertThat(trainer.choice()).isEqualTo(TrainerChoice.SGD);
      assertThat(trainer.iterations()).isEqualTo(10);
      assertThat(trainer.learningRate()).isEqualTo(0.1);
      assertThat(trainer.patience()).isZero();
    }

    @Test
    void isALinearModelIfThereAreNone() {
      assertThat(read(Map.of("hidden-layers", "")).trainer()).isEqualTo(read(Map.of()).trainer());
    }

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '"',
        delimiter = '|',
        value = {
          "trainer | lbfgs | trainer = lbfgs: expected adam or sgd with hidden-layers",
          "training-parallelism | 2 | training-parallelism = 2: expected 1 with hidden-layers",
          "l1 | 0.1 | expected 0: only owlqn",
          "initialisation | zero | expected normal, xavier or kaiming with hidden-layers",
          "activation | gelu | one of relu, leaky-relu, sigmoid, tanh",
        })
    void refusesWhatIsForLinearModels(String key, String value, String expectation) {
      assertThat(problems(Map.of("hidden-layers", "16", key, value)))
          .singleElement()
          .asString()
          .contains(expectation);
    }

    @Test
    void refusesSparseWeights() {
      assertThat(problems(Map.of("hidden-layers", "16", "trainer", "owlqn", "l1", "1")))
          .singleElement()
          .asString()
          .startsWith("trainer = owlqn: expected adam or sgd with hidden-layers");
    }
  }

  @Test
  void distillationOfTheChampionLeavesHalfOfTheLossToTheLabels() {
    assertThat(read(Map.of("distil-from", "champion")).trainer().distillation())
        .isEqualTo(new DistillationConfig("champion", 2, 0.5));
  }

  @Test
  void distillationIsForOneSubtask() {
    assertThat(problems(Map.of("distil-from", "champion", "training-parallelism", "2")))
        .singleElement()
        .asString()
        .startsWith("training-parallelism = 2: expected 1 with distil-from");
  }

  @Nested
  class WithEveryOption {

    private Map<String, String> everyOption() {
      Map<String, String> options = new LinkedHashMap<>();
      options.put("bootstrap-servers", "one:9092");
      options.put("topic-prefix", "shop.");
      options.put("features-topic", "f");
      options.put("predictions-topic", "p");
      options.put("labels-topic", "l");
      options.put("calibration-topic", "c");
      options.put("decisions-topic", "x");
      options.put("models-topic", "m");
      options.put("evaluations-topic", "e");
      options.put("dead-letters-topic", "d");
      options.put("model", "fraud");
      options.put("wire-format", "confluent");
      options.put("labels-wire-format", "bare");
      options.put("registry-url", "https://registry:8443/apis");
      options.put("features-schema", "");
      options.put("features-id-field", "i");
      options.put("features-time-field", "t");
      options.put("features-segment-field", "g");
      options.put("features-field", "v");
      options.put("features-indices-field", "n");
      options.put("max-record-bytes", "2 mb");
      options.put("maturity", "2 h");
      options.put("state-backend", "rocksdb");
      options.put("train-interval", "6 h");
      options.put("train-labels", "700");
      options.put("train-on-drift-alarm", "false");
      options.put("train-cool-down", "3 h");
      options.put("train-min-rows", "99");
      options.put("sample-size", "5000");
      options.put("recent-size", "400");
      options.put("class-floor", "30");
      options.put("sample-memory", "2 mb");
      options.put("sample-holdout", "0.1");
      options.put("classes", "good, bad");
      options.put("trainer", "sgd");
      options.put("hidden-layers", "128, 64");
      options.put("activation", "leaky-relu");
      options.put("initialisation", "normal");
      options.put("distil-from", "3");
      options.put("distil-temperature", "4");
      options.put("distil-share", "0.25");
      options.put("l2", "0.5");
      options.put("l1", "0");
      options.put("max-iterations", "7");
      options.put("epochs", "8");
      options.put("batch-size", "64");
      options.put("learning-rate", "0.02");
      options.put("momentum", "0.9");
      options.put("patience", "3");
      options.put("label-smoothing", "0.05");
      options.put("class-weights", "balanced");
      options.put("standardise", "false");
      options.put("warm-start", "false");
      options.put("seed", "-7");
      options.put("train-threads", "2");
      options.put("training-parallelism", "1");
      options.put("publish", "version-only");
      options.put("publish-margin", "0.5");
      options.put("replace-challenger", "true");
      options.put("promote", "true");
      options.put("from", "2026-01-31");
      options.put("to", "2026-02-01");
      options.put("bounded", "true");
      options.put("max-out-of-orderness", "1 min");
      options.put("idle-timeout", "30 s");
      options.put("parallelism", "3");
      options.put("delivery-guarantee", "exactly-once");
      options.put("transactional-id-prefix", "fraud-eu");
      options.put("transaction-timeout", "5 min");
      options.put("checkpoint-interval", "500 ms");
      options.put("dead-letter-max-bytes", "1024");
      return options;
    }

    @Test
    void eachReachesItsPlace() throws ConfigurationException {
      Map<String, String> options = everyOption();
      options.remove("features-schema");
      TrainingConfig config = TrainingConfig.from(Configuration.fromMap(options));
      assertThat(config.model()).isEqualTo("fraud");
      assertThat(config.topics().labels()).isEqualTo("shop.l");
      assertThat(config.classNames()).containsExactly("good", "bad");
      assertThat(config.features())
          .isEqualTo(
              new FeatureFormat(WireFormat.CONFLUENT, List.of(), "i", "t", "g", "v", "n", 2 << 20));
      assertThat(config.labelFormat()).isEqualTo(WireFormat.BARE);
      assertThat(config.registry()).contains(URI.create("https://registry:8443/apis"));
      assertThat(config.maturity()).isEqualTo(Duration.ofHours(2));
      assertThat(config.stateBackend()).isEqualTo(StateBackendChoice.ROCKSDB);
      assertThat(config.triggers())
          .isEqualTo(new TriggerConfig(Duration.ofHours(6), 700, false, Duration.ofHours(3), 99));
      assertThat(config.sample()).isEqualTo(new SampleConfig(5000, 400, 30, 2 << 20, 0.1));
      assertThat(config.trainer())
          .isEqualTo(
              new TrainerConfig(
                  TrainerChoice.SGD,
                  new HiddenLayersConfig(List.of(128, 64), HiddenActivation.LEAKY_RELU),
                  new DistillationConfig("3", 4, 0.25),
                  Initialisation.NORMAL,
                  0.5,
                  0,
                  8,
                  0.02,
                  0.9,
                  64,
                  3,
                  0.05,
                  ClassWeights.BALANCED,
                  false,
                  false,
                  -7,
                  2,
                  1));
      assertThat(config.publishing())
          .isEqualTo(new PublishingConfig(PublishMode.VERSION_ONLY, 0.5, true, true));
      assertThat(config.reading().parallelism()).isEqualTo(OptionalInt.of(3));
      assertThat(config.delivery().guarantee()).isEqualTo(Guarantee.EXACTLY_ONCE);
    }

    @Test
    void noneIsForgottenByThisTest() {
      assertThat(everyOption().keySet())
          .containsExactlyInAnyOrderElementsOf(JobOptions.TRAINING.keys());
    }
  }

  @Nested
  class Refuses {

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '"',
        delimiter = '|',
        value = {
          "train-interval | -1 s | 0 ms to 365 d",
          "train-labels | -1 | 0 to 1000000000",
          "train-cool-down | 9 min | at least maturity (10 min)",
          "train-min-rows | 1 | 2 to",
          "sample-size | 99 | 100 to 10000000",
          "recent-size | -1 | 0 to 10000000",
          "class-floor | -1 | 0 to 1000000",
          "sample-memory | 1 kb | 1 mb to",
          "sample-holdout | 0 | 0.01 to 0.5",
          "classes | one | 2 to 4096 different names",
          "classes | a,b,a | 2 to 4096 different names",
          "classes | a,,b | 2 to 4096 different names",
          "trainer | magic | one of lbfgs, owlqn, sgd, adam",
          "trainer | owlqn | expected more than 0 with owlqn",
          "hidden-layers | 16,0 | 1 to 16 numbers of units, each 1 to 65536",
          "hidden-layers | many | 1 to 16 numbers of units, each 1 to 65536",
          "hidden-layers | 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1 | 1 to 16 numbers of units",
          "activation | tanh | expected hidden-layers beside it",
          "activation | gelu | one of relu, leaky-relu, sigmoid, tanh",
          "initialisation | ones | one of zero, normal, xavier, kaiming",
          "distil-from | challenger | champion or the number of a version",
          "distil-from | 0 | champion or the number of a version",
          "distil-temperature | 4 | expected distil-from beside it",
          "distil-temperature | 0 | 0.01 to 1000",
          "distil-share | 0.5 | expected distil-from beside it",
          "distil-share | 0 | 0.001 to 1",
          "l1 | 0.1 | expected 0: only owlqn",
          "l2 | -1 | 0 to",
          "max-iterations | 0 | 1 to 100000",
          "epochs | 0 | 1 to 100000",
          "batch-size | 0 | 1 to 1000000",
          "learning-rate | 0 | 1.0E-9 to 1000",
          "momentum | 1 | 0 to 0.9999",
          "patience | -1 | 0 to 100000",
          "label-smoothing | 1 | 0 to 0.99",
          "class-weights | some | one of none, balanced",
          "seed | x | to 9223372036854775807",
          "train-threads | -1 | 0 to 1024",
          "training-parallelism | 0 | 1 to 1024",
          "publish | always | one of challenger, version-only",
          "publish-margin | -1 | 0 to 100",
        })
    void aWrongValueWithWhatWouldBeRight(String key, String value, String expectation) {
      assertThat(problems(Map.of(key, value))).singleElement().asString().contains(expectation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "adam"})
    void miniBatchesInSeveralSubtasks(String trainer) {
      assertThat(problems(Map.of("trainer", trainer, "training-parallelism", "2")))
          .singleElement()
          .asString()
          .startsWith("training-parallelism = 2: expected 1 with sgd and adam");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel", "micro-batch-size", "window", "prediction-wire-format"})
    void optionsOfAnotherJob(String key) {
      assertThat(problems(Map.of(key, "1")))
          .singleElement()
          .asString()
          .startsWith(key + ": unknown option");
    }
  }

  private static Configuration configuration(Map<String, String> more) {
    Map<String, String> options = new HashMap<>();
    options.put("bootstrap-servers", "localhost:9092");
    options.put("model", "fashion");
    options.putAll(more);
    return Configuration.fromMap(options);
  }

  private static TrainingConfig read(Map<String, String> more) {
    try {
      return TrainingConfig.from(configuration(more));
    } catch (ConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> problems(Map<String, String> more) {
    try {
      var unused = TrainingConfig.from(configuration(more));
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }
}
