package io.logitflow.feedback;

import io.logitflow.config.PromotionConfig;
import io.logitflow.config.RecalibrationConfig;
import io.logitflow.connector.ModelDirectory;
import io.logitflow.connector.ModelTopic;
import java.io.Serializable;
import java.time.Duration;

/**
 * What the operators of the feedback job need to know.
 *
 * @param model name of the model
 * @param windowing windows and when they are reported
 * @param reportInterval how often a window that has changed is reported while it is not final
 * @param recalibration when calibrations are fitted, and what becomes of them
 * @param promotion how challengers are tested, and when a champion counts as worse than it was
 * @param models versions of the model, for the names of their classes and their calibrations
 * @param modelTopic where new calibrations are published
 */
public record FeedbackSettings(
    String model,
    Windowing windowing,
    Duration reportInterval,
    RecalibrationConfig recalibration,
    PromotionConfig promotion,
    ModelDirectory.Factory models,
    ModelTopic.Factory modelTopic)
    implements Serializable {}
