package io.logitflow.replay;

import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.connector.ModelTopic;
import java.io.Serializable;

/**
 * What reproduces predictions.
 *
 * @param model name of the model
 * @param modelTopic its versions
 * @param kernel which kernels score
 * @param deadLetterMaxBytes length to which dead letters are cut
 */
public record AuditSettings(
    String model, ModelTopic.Factory modelTopic, KernelChoice kernel, int deadLetterMaxBytes)
    implements Serializable {}
