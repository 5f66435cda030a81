/**
 * What every command needs of its process: where the log goes, how to stop in order, what the
 * terminal can show.
 */
package io.logitflow.console;
