/**
 * What labels mean: how they are read, which of several counts, and how they rest in state. The
 * jobs that learn from labels share it, so that they count the same.
 */
package io.logitflow.label;
