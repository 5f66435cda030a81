package io.logitflow.launcher.calibration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.calibration.CalibrationMetrics.Bin;
import io.logitflow.calibration.ReliabilityBins;
import io.logitflow.calibration.SmoothCalibrationError;
import io.logitflow.calibration.TemperatureCurve;
import io.logitflow.interval.Interval;
import java.util.stream.LongStream;

/**
 * A report as JSON, for scripts. What is not defined, such as the accuracy of no labels, is null.
 */
final class CalibrationJson {

  private CalibrationJson() {}

  /** The JSON. */
  static String of(CalibrationReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", report.model());
    json.put("segment", report.segment());
    json.put("from", report.start().toString());
    json.put("to", report.end().toString());
    json.put("chosenVersion", report.chosen().key().version());
    json.put("meaning", Verdict.of(report.chosen(), report.calibration()));
    json.put("labelsWithoutPrediction", report.labelsWithoutPrediction());
    report.classNames().forEach(json.putArray("classNames")::add);
    ArrayNode versions = json.putArray("versions");
    for (VersionCalibration version : report.versions()) {
      add(versions.addObject(), report, version);
    }
    return json.toPrettyString();
  }

  private static void add(ObjectNode json, CalibrationReport report, VersionCalibration version) {
    CalibrationMetrics metrics = version.metrics();
    ReliabilityBins bins = metrics.reliabilityBins();
    SmoothCalibrationError smooth = metrics.smoothError();
    json.put("version", version.key().version());
    json.put("calibrationVersion", version.key().calibrationVersion());
    json.put("role", VersionTables.role(version));
    report.aliases(version.key().version()).forEach(json.putArray("aliases")::add);
    json.put("windows", version.windows().size());
    json.put("incompleteWindows", version.incomplete());
    json.put("from", version.start().toString());
    json.put("to", version.end().toString());
    json.put("predictions", version.merged().predictions());
    json.put("labelled", version.merged().labelled());
    json.put("invalid", version.merged().invalid());
    json.put("correct", version.merged().correct());
    put(json, "coverage", metrics.coverage());
    put(json, "accuracy", metrics.accuracy());
    add(json.putArray("accuracyWilson"), metrics.accuracyWilson());
    add(json.putArray("accuracyAnytime"), metrics.accuracyAnytime());
    put(json, "meanConfidence", metrics.meanConfidence());
    put(json, "expectedAccuracy", metrics.expectedAccuracy());
    put(json, "nll", metrics.nll());
    put(json, "brier", metrics.brier());
    put(json, "ece", bins.ece());
    put(json, "eceIfCalibrated", bins.expectedEceIfCalibrated());
    put(json, "mce", metrics.maximumError().value());
    put(json, "debiasedL2", bins.debiasedL2());
    put(json, "debiasedSquaredL2", bins.debiasedSquaredL2());
    put(json, "equalMassEce", metrics.equalMassEce());
    put(json, "classwiseEce", metrics.classwiseEce());
    put(json, "smoothEce", smooth.value());
    put(json, "signedGap", bins.signedGap());
    put(json, "spiegelhalterZ", metrics.spiegelhalterZ());
    put(json, "spiegelhalterPValue", metrics.spiegelhalterPValue());
    put(json, "delayMedianMillis", metrics.delayQuantile(0.5));
    put(json, "delayP99Millis", metrics.delayQuantile(0.99));
    json.put("temperatureRecords", version.merged().temperatureRecords());
    put(
        json,
        "bestTemperature",
        version.merged().temperatureRecords() == 0
            ? Double.NaN
            : Math.exp(-TemperatureCurve.of(version.merged()).optimum(0)));
    addLabels(json.putObject("labels"), version.labels());
    addBins(json.putArray("bins"), metrics);
    add(json.putArray("trueCounts"), metrics.trueCounts());
    add(json.putArray("predictedCounts"), metrics.predictedCounts());
    ArrayNode confusion = json.putArray("confusion");
    for (long[] row : metrics.confusion()) {
      add(confusion.addArray(), row);
    }
  }

  private static void addLabels(ObjectNode json, LabelCounts labels) {
    json.put("expired", labels.expired());
    json.put("duplicate", labels.duplicate());
    json.put("corrected", labels.corrected());
    json.put("conflicting", labels.conflicting());
    json.put("unknownClass", labels.unknownClass());
    json.put("late", labels.late());
    json.put("duplicatePredictions", labels.duplicatePredictions());
  }

  private static void addBins(ArrayNode array, CalibrationMetrics metrics) {
    for (Bin bin : metrics.binTable()) {
      ObjectNode json = array.addObject();
      put(json, "from", bin.lower());
      put(json, "to", bin.upper());
      json.put("count", bin.count());
      put(json, "meanConfidence", bin.meanConfidence());
      put(json, "accuracy", bin.accuracy());
      add(json.putArray("wilson"), bin.wilson());
      add(json.putArray("anytime"), bin.anytime());
    }
  }

  private static void put(ObjectNode json, String name, double value) {
    json.put(name, Double.isFinite(value) ? value : null);
  }

  private static void add(ArrayNode array, Interval interval) {
    if (!Double.isNaN(interval.lower())) {
      array.add(interval.lower()).add(interval.upper());
    }
  }

  private static void add(ArrayNode array, long[] values) {
    LongStream.of(values).forEach(array::add);
  }
}
