/** When things are sent: rates, bursts, durations, label delays and the clock. */
package io.logitflow.generator.schedule;
