package io.logitflow.config;

import io.logitflow.training.Initialisation;
import java.io.Serializable;

/**
 * How weights are found.
 *
 * @param choice what finds them
 * @param hidden layers between features and classes
 * @param distillation whose probabilities are learned beside the labels
 * @param initialisation what weights are drawn from where no model is begun at
 * @param l2 strength of the penalty on squared weights, of the sum of the losses
 * @param l1 strength of the penalty on absolute weights, of the sum of the losses
 * @param iterations most iterations, or epochs by mini-batches
 * @param learningRate size of a step by mini-batches
 * @param momentum share of the last step in the next one of SGD
 * @param batchSize rows of a mini-batch
 * @param patience epochs without a better holdout after which mini-batches end
 * @param labelSmoothing probability that is spread over all classes
 * @param classWeights what the rows of a class weigh
 * @param standardise whether features are standardised first
 * @param warmStart whether to begin at the weights of the champion
 * @param seed seed of everything random
 * @param threads threads of a training, in each subtask; 0: one for each core
 * @param parallelism subtasks that the rows of a training are spread over
 */
public record TrainerConfig(
    TrainerChoice choice,
    HiddenLayersConfig hidden,
    DistillationConfig distillation,
    Initialisation initialisation,
    double l2,
    double l1,
    int iterations,
    double learningRate,
    double momentum,
    int batchSize,
    int patience,
    double labelSmoothing,
    ClassWeights classWeights,
    boolean standardise,
    boolean warmStart,
    long seed,
    int threads,
    int parallelism)
    implements Serializable {}
