package io.logitflow.scoring;

import io.logitflow.classifier.DeviceChoice;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.connector.ModelFeed;
import io.logitflow.connector.wire.WireFormats;
import java.io.Serializable;
import java.time.Duration;

/**
 * What the scoring operator is told at submission.
 *
 * @param model name of the model
 * @param modelsTopic topic of the models, for messages
 * @param models starts the feed of the models topic
 * @param requireChampion whether to fail, rather than to wait, if the models topic has no usable
 *     champion when the job starts
 * @param shadowPrevious whether the previous champion is scored as a challenger is
 * @param maxBatchSize records after which a micro-batch is scored
 * @param maxBatchDelay time after which it is scored
 * @param flushWhenIdle whether it is scored at once when the source has no more to hand over
 * @param kernel which kernels to use
 * @param device where networks of other programs compute
 * @param decoder makes the decoder of a subtask
 * @param predictionHeader header in front of every prediction
 * @param deadLetterMaxBytes length to which dead letters are cut
 */
public record ScoringSettings(
    String model,
    String modelsTopic,
    ModelFeed.Factory models,
    boolean requireChampion,
    boolean shadowPrevious,
    int maxBatchSize,
    Duration maxBatchDelay,
    boolean flushWhenIdle,
    KernelChoice kernel,
    DeviceChoice device,
    WireFormats.DecoderFactory decoder,
    byte[] predictionHeader,
    int deadLetterMaxBytes)
    implements Serializable {}
