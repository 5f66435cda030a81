package io.logitflow;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;

/**
 * Who may import whom. Packages that do not exist yet pass; {@link ArchitectureTest} shows that
 * each rule can fail.
 */
final class ArchitectureRules {

  /** Mathematics and formats: they run without Flink and without Kafka. */
  private static final String[] PURE = {
    "io.logitflow.classifier..",
    "io.logitflow.calibration..",
    "io.logitflow.evaluation..",
    "io.logitflow.interval..",
    "io.logitflow.promotion..",
    "io.logitflow.timeline..",
    "io.logitflow.training..",
    "io.logitflow.provenance.."
  };

  /**
   * Arrows point downwards only. The operators of one job do not know those of another: what one
   * job learns from another goes through a topic.
   */
  static final ArchRule DOWNWARDS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("job")
          .definedBy("io.logitflow.job..")
          .layer("workflow")
          .definedBy("io.logitflow.workflow..")
          .layer("scoring")
          .definedBy("io.logitflow.scoring..")
          .layer("feedback")
          .definedBy("io.logitflow.feedback..")
          .layer("learning")
          .definedBy("io.logitflow.learning..")
          .layer("label")
          .definedBy("io.logitflow.label..")
          .layer("replay")
          .definedBy("io.logitflow.replay..")
          .layer("connector")
          .definedBy("io.logitflow.connector..")
          .layer("config")
          .definedBy("io.logitflow.config..")
          .layer("pure")
          .definedBy(PURE)
          .whereLayer("job")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("workflow")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("scoring")
          .mayOnlyBeAccessedByLayers("job", "workflow")
          .whereLayer("feedback")
          .mayOnlyBeAccessedByLayers("job", "workflow")
          .whereLayer("learning")
          .mayOnlyBeAccessedByLayers("job", "workflow")
          .whereLayer("label")
          .mayOnlyBeAccessedByLayers("feedback", "learning")
          .whereLayer("replay")
          .mayOnlyBeAccessedByLayers("job", "workflow")
          .whereLayer("connector")
          .mayOnlyBeAccessedByLayers(
              "job", "workflow", "scoring", "feedback", "learning", "label", "replay")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers(
              "job", "workflow", "scoring", "feedback", "learning", "replay", "connector");

  static final ArchRule NO_CYCLES =
      slices().matching("io.logitflow.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  static final ArchRule PURE_WITHOUT_FLINK_AND_KAFKA =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..")
          .allowEmptyShould(true);

  static final ArchRule DJL_IN_ONE_PACKAGE = onlyIn("io.logitflow.classifier.djl..", "ai.djl..");

  /** So that everything else loads where the incubating module is missing. */
  static final ArchRule VECTOR_API_IN_ONE_PACKAGE =
      onlyIn("io.logitflow.classifier.kernel.vector..", "jdk.incubator..");

  /** What the Kafka connector and its base keep to themselves may change with any version. */
  static final ArchRule CONNECTOR_INTERNALS_IN_ONE_PACKAGE =
      onlyIn(
          "io.logitflow.connector.fetch..",
          "org.apache.flink.connector.kafka.source.enumerator..",
          "org.apache.flink.connector.kafka.source.reader",
          "org.apache.flink.connector.kafka.source.reader.fetcher..",
          "org.apache.flink.connector.kafka.source.split..",
          "org.apache.flink.connector.kafka.source.metrics..",
          "org.apache.flink.connector.base.source.reader..");

  static final ArchRule PACKAGES_SAY_WHAT_THEY_HOLD =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..misc..")
          .allowEmptyShould(true);

  static final ArchRule CLASSES_SAY_WHAT_THEY_ARE =
      classes()
          .that()
          .resideOutsideOfPackage("io.logitflow.schema..")
          .should()
          .haveNameNotMatching(".*(Utils?|Helper|Manager|Impl)")
          .allowEmptyShould(true);

  private ArchitectureRules() {}

  private static ArchRule onlyIn(String home, String... library) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat(resideInAnyPackage(library).as("of " + String.join(", ", library)))
        .allowEmptyShould(true);
  }
}
