/**
 * The arithmetic of scoring over plain {@code float[]}: matrix product, softmax, and the checks of
 * numbers. Models, files and records are unknown here.
 */
package io.logitflow.classifier.kernel;
