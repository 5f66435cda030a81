/** What the benchmarks share. */
package io.logitflow.benchmarks;
