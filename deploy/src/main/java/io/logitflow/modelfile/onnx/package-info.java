/**
 * ONNX files. A graph that is one chain of scaler, linear layers, activations, batch normalisation
 * and softmax is read into our own layers, node by node; any other becomes an artifact, if its
 * operators are those of ONNX.
 */
package io.logitflow.modelfile.onnx;
