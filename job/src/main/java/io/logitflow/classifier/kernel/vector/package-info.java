/**
 * Kernels on the Vector API. Nothing outside refers to these classes but by name, because they load
 * only where the JVM has the module {@code jdk.incubator.vector}.
 */
package io.logitflow.classifier.kernel.vector;
