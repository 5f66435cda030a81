package io.logitflow.replay;

/** Names of what a run counts, as they stand in its report. */
public final class Counts {

  /** Predictions whose feature record was not found: it is outside the range, or gone. */
  public static final String WITHOUT_FEATURES = "predictionsWithoutFeatures";

  /** Feature records without any prediction. */
  public static final String WITHOUT_PREDICTION = "featuresWithoutPrediction";

  /** Predictions that came again: of the same record, version and role. */
  public static final String DOUBLED_PREDICTIONS = "doubledPredictions";

  /** Feature records whose id came before. */
  public static final String DOUBLED_FEATURES = "doubledFeatures";

  /** Predictions that name a version that is not on the models topic. */
  public static final String UNKNOWN_VERSIONS = "predictionsOfUnknownVersions";

  /** Predictions that name a version that cannot be loaded, or that takes other features. */
  public static final String UNUSABLE_VERSIONS = "predictionsOfUnusableVersions";

  /** Predictions that do not decode. */
  public static final String UNDECODABLE_PREDICTIONS = "undecodablePredictions";

  /** Feature records that do not decode. */
  public static final String UNDECODABLE_FEATURES = "undecodableFeatures";

  /** Predictions of other models on the same topic. */
  public static final String OTHER_MODELS = "predictionsOfOtherModels";

  /** Predictions that were compared with what their version says. */
  public static final String COMPARED = "predictionsCompared";

  /** Feature records of a time whose champion is not known. */
  public static final String UNKNOWN_CHAMPIONS = "featuresOfUnknownChampions";

  /** Feature records whose champion is not on the models topic any more. */
  public static final String GONE_CHAMPIONS = "featuresOfGoneChampions";

  /** Feature records whose champion cannot be loaded, or takes other features. */
  public static final String UNUSABLE_CHAMPIONS = "featuresOfUnusableChampions";

  /** Feature records whose champion is assumed; they are scored. */
  public static final String ASSUMED_CHAMPIONS = "featuresOfAssumedChampions";

  /** Feature records that were looked at. */
  public static final String FEATURES = "features";

  /** Labels that no prediction was found for. */
  public static final String UNMATCHED_LABELS = "labelsWithoutPrediction";

  private Counts() {}
}
