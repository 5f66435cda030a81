/** The mains of the jobs: options in, sources and sinks made, dataflow defined, executed. */
package io.logitflow.job;
