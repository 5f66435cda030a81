/**
 * Configuration: the options of the jobs ({@code *Options}), the immutable records they are parsed
 * into ({@code *Config} and their parts), the command line, and the page that describes them.
 *
 * <p>Options are read in one place and once: {@link io.logitflow.config.ScoringConfig#from} and
 * {@link io.logitflow.config.FeedbackConfig#from} check everything that can be checked without a
 * broker and report all problems together. Operators take the records and never see an option.
 */
package io.logitflow.config;
