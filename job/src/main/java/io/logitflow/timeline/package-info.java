/**
 * Who was the champion when, as far as it was written down: decisions and aliases in, reigns out.
 * What is done with them, such as scoring again, is elsewhere.
 */
package io.logitflow.timeline;
