/** The command {@code logitflow explain}: why a record has the class that it has. */
package io.logitflow.launcher.explain;
