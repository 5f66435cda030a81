/** The trainers against scikit-learn and PyTorch. */
package io.logitflow.benchmarks.training;
