package io.logitflow.launcher.calibration;

import io.logitflow.classifier.Calibration;
import io.logitflow.classifier.Model;
import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelTopicException;
import io.logitflow.schema.ModelRole;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What there is to say of a model: its versions, and the one to look at closely.
 *
 * @param model name of the model
 * @param segment empty: all records
 * @param catalogue what the models topic says; empty if it could not be read
 * @param versions ascending, at least one
 * @param chosen one of them
 * @param labelsWithoutPrediction labels for which no prediction came, of whatever version
 */
record CalibrationReport(
    String model,
    String segment,
    Optional<ModelCatalogue> catalogue,
    List<VersionCalibration> versions,
    VersionCalibration chosen,
    long labelsWithoutPrediction) {

  /** Those of a version that served go first, then those that served last. */
  private static final Comparator<VersionCalibration> CLOSER_LOOK =
      Comparator.comparing(
              (VersionCalibration version) -> version.key().role() == ModelRole.CHAMPION)
          .thenComparing(VersionCalibration::end)
          .thenComparing(VersionCalibration::key);

  /**
   * Merges windows.
   *
   * @param windows the oldest first, at least one
   * @throws IOException if there are none of the version to look at closely ({@link
   *     NoWindowsException}), or which one that is cannot be told
   */
  static CalibrationReport of(
      CalibrationSelection selection,
      String segment,
      List<CalibrationWindow> windows,
      Optional<ModelCatalogue> catalogue)
      throws IOException {
    List<CalibrationWindow> ofVersions =
        windows.stream().filter(CalibrationWindow::isOfVersion).toList();
    long unmatched =
        windows.stream().mapToLong(window -> window.labels().withoutPrediction()).sum();
    if (ofVersions.isEmpty()) {
      throw new NoWindowsException(
          "there are no predictions in this range, only %,d labels without one"
              .formatted(unmatched));
    }
    List<VersionCalibration> versions = VersionCalibration.each(ofVersions);
    return new CalibrationReport(
        selection.model(),
        segment,
        catalogue,
        versions,
        selection.version().isPresent()
            ? choose(versions, number(selection.model(), selection.version().get(), catalogue))
            : versions.stream().max(CLOSER_LOOK).orElseThrow(),
        unmatched);
  }

  /** The number of the version that a text names. */
  static long number(String model, String reference, Optional<ModelCatalogue> catalogue)
      throws IOException {
    if (reference.matches("[0-9]{1,18}")) {
      return Long.parseLong(reference);
    }
    if (catalogue.isEmpty()) {
      throw new IOException(
          "which version '%s' is stands on the models topic, which cannot be read: give its number"
              .formatted(reference));
    }
    try {
      return catalogue.get().find(model, reference).version();
    } catch (ModelTopicException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static VersionCalibration choose(List<VersionCalibration> versions, long number)
      throws NoWindowsException {
    return versions.stream()
        .filter(version -> version.key().version() == number)
        .max(CLOSER_LOOK)
        .orElseThrow(
            () ->
                new NoWindowsException(
                    "there are no windows of version %d in this range; there are of %s"
                        .formatted(number, numbers(versions))));
  }

  private static String numbers(List<VersionCalibration> versions) {
    TreeSet<Long> numbers = new TreeSet<>();
    versions.forEach(version -> numbers.add(version.key().version()));
    return String.join(", ", numbers.stream().map(String::valueOf).toList());
  }

  /** The aliases that a version has now. */
  List<String> aliases(long version) {
    return catalogue.map(known -> known.aliasesOf(model, version)).orElse(List.of());
  }

  /** Names of the classes of the chosen version; their indices if the names are not known. */
  List<String> classNames() {
    int classes = chosen.merged().classes();
    return catalogue
        .flatMap(known -> known.version(model, chosen.key().version()))
        .map(Model::classNames)
        .filter(names -> names.size() == classes)
        .orElseGet(() -> IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /** The calibration of the chosen version, if the models topic has it. */
  Optional<Calibration> calibration() {
    return catalogue
        .flatMap(known -> known.version(model, chosen.key().version()))
        .map(Model::calibration);
  }

  Instant start() {
    return versions.stream()
        .map(VersionCalibration::start)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  Instant end() {
    return versions.stream()
        .map(VersionCalibration::end)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }
}
