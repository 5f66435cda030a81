/**
 * File formats of other programs, to and from {@link io.logitflow.classifier.Model}. The container
 * of this program is {@link io.logitflow.classifier.ModelContainer}.
 */
package io.logitflow.classifier.format;
