/** Seeded randomness that gives the same numbers on every Java version. */
package io.logitflow.generator.random;
