/**
 * Model files of other programs that are read when a model is published, not by the job:
 * TorchScript here, ONNX in a package of its own. What our own layers can express becomes layers,
 * the rest an artifact. safetensors and the container are the job's own formats.
 */
package io.logitflow.modelfile;
