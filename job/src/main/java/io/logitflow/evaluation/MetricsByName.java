package io.logitflow.evaluation;

import io.logitflow.calibration.CalibrationMetrics;
import io.logitflow.calibration.CalibrationStatistics;
import io.logitflow.calibration.ReliabilityBins;
import io.logitflow.calibration.TemperatureCurve;
import java.util.Map;
import java.util.TreeMap;

/** Metrics under the names that reports have. What is not defined is left out. */
public final class MetricsByName {

  private final Map<String, Double> metrics = new TreeMap<>();

  private MetricsByName() {}

  /** Every metric of the statistics. */
  public static Map<String, Double> all(CalibrationStatistics statistics) {
    MetricsByName names = new MetricsByName();
    CalibrationMetrics is = CalibrationMetrics.of(statistics);
    names.put("coverage", is.coverage());
    names.put("expectedAccuracy", is.expectedAccuracy());
    if (statistics.labelled() > 0) {
      names.losses(is);
      names.errors(is);
      if (statistics.temperatureRecords() > 0) {
        names.put("bestTemperature", Math.exp(-TemperatureCurve.of(statistics).optimum(0)));
      }
    }
    return names.metrics;
  }

  /** The metrics that are followed over time. */
  public static Map<String, Double> overTime(CalibrationStatistics statistics) {
    MetricsByName names = new MetricsByName();
    CalibrationMetrics is = CalibrationMetrics.of(statistics);
    names.put("expectedAccuracy", is.expectedAccuracy());
    if (statistics.labelled() > 0) {
      names.losses(is);
      names.put("ece", is.ece());
      names.put("eceIfCalibrated", is.reliabilityBins().expectedEceIfCalibrated());
    }
    return names.metrics;
  }

  private void losses(CalibrationMetrics is) {
    put("accuracy", is.accuracy());
    put("accuracyLower", is.accuracyWilson().lower());
    put("accuracyUpper", is.accuracyWilson().upper());
    put("nll", is.nll());
    put("brier", is.brier());
    put("meanConfidence", is.meanConfidence());
  }

  private void errors(CalibrationMetrics is) {
    ReliabilityBins bins = is.reliabilityBins();
    put("accuracyAnytimeLower", is.accuracyAnytime().lower());
    put("accuracyAnytimeUpper", is.accuracyAnytime().upper());
    put("nllStandardError", is.nllStandardError());
    put("brierStandardError", is.brierStandardError());
    put("brierReliability", is.brierDecomposition().reliability());
    put("brierResolution", is.brierDecomposition().resolution());
    put("brierUncertainty", is.brierDecomposition().uncertainty());
    put("ece", bins.ece());
    put("eceIfCalibrated", bins.expectedEceIfCalibrated());
    put("mce", is.maximumError().value());
    put("signedGap", bins.signedGap());
    put("debiasedL2", bins.debiasedL2());
    put("debiasedSquaredL2", bins.debiasedSquaredL2());
    put("equalMassEce", is.equalMassEce());
    put("equalMassDebiasedL2", is.equalMassDebiasedL2());
    put("sweepEce", is.sweepEce());
    put("classwiseEce", is.classwiseEce());
    put("smoothEce", is.smoothError().value());
    put("spiegelhalterZ", is.spiegelhalterZ());
    put("spiegelhalterPValue", is.spiegelhalterPValue());
    put("delayMedianMillis", is.delayQuantile(0.5));
    put("delayP99Millis", is.delayQuantile(0.99));
  }

  private void put(String name, double value) {
    if (Double.isFinite(value)) {
      metrics.put(name, value);
    }
  }
}
