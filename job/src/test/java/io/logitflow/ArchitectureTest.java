package io.logitflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

  private static final JavaClasses JOB =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.logitflow");

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of("arrows point downwards", ArchitectureRules.DOWNWARDS),
        Arguments.of("no cycles", ArchitectureRules.NO_CYCLES),
        Arguments.of(
            "mathematics without Flink and Kafka", ArchitectureRules.PURE_WITHOUT_FLINK_AND_KAFKA),
        Arguments.of("DJL in one package", ArchitectureRules.DJL_IN_ONE_PACKAGE),
        Arguments.of("Vector API in one package", ArchitectureRules.VECTOR_API_IN_ONE_PACKAGE),
        Arguments.of(
            "internals of the Kafka connector in one package",
            ArchitectureRules.CONNECTOR_INTERNALS_IN_ONE_PACKAGE),
        Arguments.of("packages say what they hold", ArchitectureRules.PACKAGES_SAY_WHAT_THEY_HOLD),
        Arguments.of("classes say what they are", ArchitectureRules.CLASSES_SAY_WHAT_THEY_ARE));
  }

  @DisplayName("The job keeps to")
  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void theJobKeepsTo(String name, ArchRule rule) {
    assertThat(JOB).as("classes of the job").isNotEmpty();
    rule.check(JOB);
  }

  @Nested
  class ARuleFails {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
      "workflow, job",
      "connector, scoring",
      "scoring, feedback",
      "label, feedback",
      "config, connector",
      "config, workflow",
      "classifier, config",
      "calibration, scoring"
    })
    void whenAnArrowPointsUpwards(String lower, String upper) {
      assertFails(
          ArchitectureRules.DOWNWARDS,
          type("io.logitflow." + upper, "Upper", ""),
          type("io.logitflow." + lower, "Lower", "io.logitflow." + upper + ".Upper"));
    }

    @Test
    void whenPackagesFormACycle() {
      assertFails(
          ArchitectureRules.NO_CYCLES,
          type("io.logitflow.evaluation", "Left", "io.logitflow.calibration.Right"),
          type("io.logitflow.calibration", "Right", "io.logitflow.evaluation.Left"));
    }

    @Test
    void whenAPackageAndItsSubpackageFormACycle() {
      assertFails(
          ArchitectureRules.NO_CYCLES,
          type("io.logitflow.classifier", "Left", "io.logitflow.classifier.kernel.Right"),
          type("io.logitflow.classifier.kernel", "Right", "io.logitflow.classifier.Left"));
    }

    @ParameterizedTest
    @CsvSource({
      "classifier, org.apache.flink.configuration.Configuration",
      "classifier.kernel, org.apache.flink.api.common.functions.MapFunction",
      "training, org.apache.kafka.clients.producer.ProducerConfig"
    })
    void whenMathematicsImportsFlinkOrKafka(String home, String imported) {
      assertFails(
          ArchitectureRules.PURE_WITHOUT_FLINK_AND_KAFKA,
          type("io.logitflow." + home, "Pure", imported));
    }

    @Test
    void whenDjlIsImportedElsewhere() {
      assertFails(
          ArchitectureRules.DJL_IN_ONE_PACKAGE,
          type("ai.djl", "Model", ""),
          type("io.logitflow.classifier", "Backend", "ai.djl.Model"));
    }

    @Test
    void whenTheVectorApiIsImportedElsewhere() {
      assertFails(
          ArchitectureRules.VECTOR_API_IN_ONE_PACKAGE,
          type("io.logitflow.classifier.kernel", "Kernel", "jdk.incubator.vector.FloatVector"));
    }

    @ParameterizedTest
    @CsvSource({
      "kafka.source.reader.KafkaSourceReader",
      "kafka.source.reader.fetcher.KafkaSourceFetcherManager",
      "kafka.source.split.KafkaPartitionSplit",
      "base.source.reader.SourceReaderBase"
    })
    void whenInternalsOfTheKafkaConnectorAreImportedElsewhere(String imported) {
      assertFails(
          ArchitectureRules.CONNECTOR_INTERNALS_IN_ONE_PACKAGE,
          type("io.logitflow.connector", "Source", "org.apache.flink.connector." + imported));
    }

    @ParameterizedTest
    @CsvSource({"util", "connector.utils", "common", "scoring.helper"})
    void whenAPackageSaysNothing(String name) {
      assertFails(
          ArchitectureRules.PACKAGES_SAY_WHAT_THEY_HOLD, type("io.logitflow." + name, "Text", ""));
    }

    @ParameterizedTest
    @CsvSource({"KafkaUtils", "TimeUtil", "ModelManager", "BatchHelper", "ClassifierImpl"})
    void whenAClassSaysNothing(String name) {
      assertFails(
          ArchitectureRules.CLASSES_SAY_WHAT_THEY_ARE, type("io.logitflow.scoring", name, ""));
    }

    private void assertFails(ArchRule rule, String... sources) {
      JavaClasses classes = CompiledSources.importInto(folder, sources);

      assertThat(rule.evaluate(classes).hasViolation()).isTrue();
    }
  }

  @Nested
  class ARulePasses {

    @TempDir private Path folder;

    @Test
    void whenArrowsPointDownwardsAndLibrariesAreAtHome() {
      JavaClasses classes =
          CompiledSources.importInto(
              folder,
              type("ai.djl", "Model", ""),
              type("io.logitflow.job", "Main", "io.logitflow.workflow.Flow"),
              type("io.logitflow.workflow", "Flow", "io.logitflow.scoring.Operator"),
              type("io.logitflow.scoring", "Operator", "io.logitflow.connector.Source"),
              type("io.logitflow.connector", "Source", "io.logitflow.config.Names"),
              type("io.logitflow.config", "Names", "io.logitflow.classifier.Kernel"),
              type("io.logitflow.classifier", "Kernel", "io.logitflow.provenance.Origin"),
              type("io.logitflow.provenance", "Origin", ""),
              type("io.logitflow.classifier.djl", "Backend", "ai.djl.Model"),
              type(
                  "io.logitflow.connector.fetch",
                  "Fetch",
                  "org.apache.flink.connector.kafka.source.reader.KafkaSourceReader"),
              type(
                  "io.logitflow.classifier.kernel.vector",
                  "Vectors",
                  "jdk.incubator.vector.FloatVector"));

      assertThatCode(() -> rules().forEach(rule -> ((ArchRule) rule.get()[1]).check(classes)))
          .doesNotThrowAnyException();
    }
  }

  /** A class with one field of the given type, or none. */
  private static String type(String home, String name, String field) {
    String body = field.isEmpty() ? "" : "public " + field + " field;";
    return "package " + home + "; public class " + name + " { " + body + " }";
  }
}
