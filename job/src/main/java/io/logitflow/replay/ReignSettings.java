package io.logitflow.replay;

import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.connector.ModelTopic;
import io.logitflow.timeline.Timeline;
import java.io.Serializable;

/**
 * What scores records by the champions of their time.
 *
 * @param model name of the model
 * @param modelTopic its versions
 * @param kernel which kernels score
 * @param timeline who was the champion when
 */
public record ReignSettings(
    String model, ModelTopic.Factory modelTopic, KernelChoice kernel, Timeline timeline)
    implements Serializable {}
