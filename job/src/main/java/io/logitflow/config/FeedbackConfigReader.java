package io.logitflow.config;

import io.logitflow.promotion.DriftPolicy;
import io.logitflow.promotion.PromotionPolicy;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.TimeUtils;

/** Reads {@link FeedbackConfig}. */
final class FeedbackConfigReader {

  private final JobConfigReader reader;

  FeedbackConfigReader(Configuration configuration) {
    this.reader = new JobConfigReader(configuration, JobOptions.FEEDBACK);
  }

  FeedbackConfig read(Function<FeedbackConfig, List<Problem>> brokerCheck)
      throws ConfigurationException {
    String model = reader.model();
    TopicNames topics = reader.topics();
    FeedbackConfig config =
        new FeedbackConfig(
            reader.kafka(model),
            topics,
            model,
            reader.value(RecordOptions.PREDICTION_WIRE_FORMAT),
            reader.value(RecordOptions.LABELS_WIRE_FORMAT),
            reader.registry(),
            windows(),
            recalibration(),
            promotion(),
            reader.value(FeedbackOptions.STATE_BACKEND),
            reader.delivery(model, topics.labels()),
            reader.reading());
    check(config);
    reader.report(config, brokerCheck);
    return config;
  }

  private WindowConfig windows() {
    return new WindowConfig(
        reader.value(FeedbackOptions.WINDOW),
        reader.value(FeedbackOptions.MATURITY),
        reader.value(FeedbackOptions.RETENTION),
        reader.value(FeedbackOptions.REPORT_INTERVAL));
  }

  private RecalibrationConfig recalibration() {
    return new RecalibrationConfig(
        reader.value(FeedbackOptions.RECALIBRATION),
        reader.value(FeedbackOptions.RECALIBRATION_INTERVAL),
        reader.value(FeedbackOptions.RECALIBRATION_LABELS),
        reader.value(FeedbackOptions.RECALIBRATION_SAMPLE));
  }

  private PromotionConfig promotion() {
    return new PromotionConfig(
        reader.value(PromotionOptions.PROMOTION),
        reader.value(PromotionOptions.INTERVAL),
        new PromotionPolicy(
            reader.value(PromotionOptions.ALPHA),
            reader.value(PromotionOptions.EXPECTED_VARIANCE),
            reader.value(PromotionOptions.MIN_LABELS),
            reader.value(PromotionOptions.MAX_LABELS),
            reader.value(PromotionOptions.ACCURACY_TOLERANCE),
            reader.value(PromotionOptions.CALIBRATION_TOLERANCE)),
        reader.value(PromotionOptions.DRIFT_ALARM),
        new DriftPolicy(
            reader.value(PromotionOptions.DRIFT_TOLERANCE),
            reader.value(PromotionOptions.DRIFT_REFERENCE_LABELS)));
  }

  private void check(FeedbackConfig config) {
    JobConfigChecks checks = new JobConfigChecks(config, reader.problems());
    checks.registry(RecordOptions.PREDICTION_WIRE_FORMAT, config.predictionFormat());
    checks.registry(RecordOptions.LABELS_WIRE_FORMAT, config.labelFormat());
    retention(config.windows());
    budget(config.promotion().policy());
    checks.delivery();
  }

  private void budget(PromotionPolicy policy) {
    if (policy.maxLabels() < policy.minLabels()) {
      reader
          .problems()
          .refused(
              PromotionOptions.MAX_LABELS.key(),
              Long.toString(policy.maxLabels()),
              "expected at least promotion-min-labels (" + policy.minLabels() + ")");
    }
  }

  private void retention(WindowConfig windows) {
    if (windows.retention().compareTo(windows.maturity()) < 0) {
      reader
          .problems()
          .refused(
              FeedbackOptions.RETENTION.key(),
              TimeUtils.formatWithHighestUnit(windows.retention()),
              "expected at least maturity ("
                  + TimeUtils.formatWithHighestUnit(windows.maturity())
                  + ")");
    }
  }
}
