/** File formats in which models come and go beside the project's own container: safetensors. */
package io.logitflow.classifier.format;
