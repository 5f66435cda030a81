package io.logitflow.config;

import java.io.Serializable;

/**
 * What becomes of a trained model.
 *
 * @param mode whether it becomes the challenger
 * @param margin how much worse than the champion's its NLL on the held-out rows may be, in nats
 * @param replaceChallenger whether it takes the place of a challenger that is being evaluated
 * @param promote whether it becomes the champion of a model that has none
 */
public record PublishingConfig(
    PublishMode mode, double margin, boolean replaceChallenger, boolean promote)
    implements Serializable {}
