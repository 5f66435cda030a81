/** Pictures of what was measured, as SVG. */
package io.logitflow.benchmarks.plot;
