/**
 * Measures the kernels, product and softmax, against ONNX Runtime and PyTorch on one core. What a
 * pipeline gains of them is measured elsewhere.
 */
package io.logitflow.benchmarks.kernel;
