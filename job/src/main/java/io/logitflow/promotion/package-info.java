/**
 * Tests that hold at any time one looks: whether a challenger is better than the champion, and
 * whether the champion has become worse. Sums of whole windows go in, so nothing depends on the
 * order of the records within a window. No Flink and no Kafka.
 */
package io.logitflow.promotion;
