/** The command line: {@code logitflow <command>}. */
package io.logitflow.launcher;
