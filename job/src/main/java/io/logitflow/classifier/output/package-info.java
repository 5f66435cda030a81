/**
 * Output functions: what turns the scores of a network into class logits and probabilities, in
 * float64, one row at a time. Models, kernels and files are unknown here; softmax over a whole
 * batch is a kernel.
 */
package io.logitflow.classifier.output;
