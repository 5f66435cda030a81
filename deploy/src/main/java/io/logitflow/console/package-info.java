/** What every command needs of its process: where the log goes, and how to stop in order. */
package io.logitflow.console;
