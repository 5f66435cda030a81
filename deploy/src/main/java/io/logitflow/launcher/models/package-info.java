/** The commands {@code logitflow models ...}: what is on the models topic, and changes of it. */
package io.logitflow.launcher.models;
