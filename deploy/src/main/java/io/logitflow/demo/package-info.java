/**
 * The demo: a broker, a cluster, the scoring and the feedback job and the load generator in this
 * JVM, and a view of what they do. It uses the parts as any user does; nothing of the product
 * depends on it.
 */
package io.logitflow.demo;
