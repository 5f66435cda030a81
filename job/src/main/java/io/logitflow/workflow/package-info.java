/**
 * The dataflows: which operators, in which order, under which names. Sources and sinks are given.
 */
package io.logitflow.workflow;
