package io.logitflow.config;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of what becomes of a trained model. */
public final class PublishingOptions {

  /** What becomes of a trained model. */
  public static final ConfigOption<PublishMode> PUBLISH =
      ConfigOptions.key("publish")
          .enumType(PublishMode.class)
          .defaultValue(PublishMode.CHALLENGER)
          .withDescription(
              "What becomes of a trained model that is worth a trial. challenger: it is "
                  + "published and scored in the shadow. version-only: it is published and has no "
                  + "alias.");

  /** How much worse than the champion. */
  public static final ConfigOption<Double> PUBLISH_MARGIN =
      ConfigOptions.key("publish-margin")
          .doubleType()
          .defaultValue(0.01)
          .withDescription(
              "How much higher than that of the champion the NLL of a trained model may be on "
                  + "the held-out rows, in nats; with more it is not published.");

  /** Whether to replace a challenger. */
  public static final ConfigOption<Boolean> REPLACE_CHALLENGER =
      ConfigOptions.key("replace-challenger")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether a trained model takes the place of a challenger that is being evaluated,"
                  + " whose evaluation is then lost. Otherwise there is no training while there is"
                  + " one.");

  /** Whether a first version becomes the champion. */
  public static final ConfigOption<Boolean> PROMOTE =
      ConfigOptions.key("promote")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether a trained model becomes the champion at once if the model has none.");

  static final OptionGroup GROUP =
      OptionGroup.titled("Publishing")
          .with(PUBLISH, Accepted.oneOf(PublishMode.class), JobOptions.TRAINING)
          .with(PUBLISH_MARGIN, Accepted.between(0.0, 100.0), JobOptions.TRAINING)
          .with(REPLACE_CHALLENGER, Accepted.bool(), JobOptions.TRAINING)
          .with(PROMOTE, Accepted.bool(), JobOptions.TRAINING);

  private PublishingOptions() {}
}
