/** Reads topics of records from their beginning, for commands that look something up. */
package io.logitflow.launcher.topic;
