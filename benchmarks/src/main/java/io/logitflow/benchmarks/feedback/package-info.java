/** The feedback job: how fast it joins and sums, and what millions of pending predictions cost. */
package io.logitflow.benchmarks.feedback;
