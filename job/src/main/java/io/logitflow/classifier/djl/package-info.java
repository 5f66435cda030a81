/**
 * Runs networks of other programs by the Deep Java Library, TorchScript files on PyTorch and ONNX
 * files on ONNX Runtime, and trains hidden layers by PyTorch's autograd. The only package that
 * imports DJL. What serves is found by name only; of what trains, {@link
 * io.logitflow.classifier.djl.Autograd} says first whether DJL is there. So everything else loads
 * where DJL is missing.
 *
 * <p>DJL and the native libraries below it are loaded once in a JVM, by the class loader of the
 * cluster; the classes here come with each job. What they keep is plain memory and a count of the
 * users of each network, so nothing of a job that has ended is left behind.
 */
package io.logitflow.classifier.djl;
