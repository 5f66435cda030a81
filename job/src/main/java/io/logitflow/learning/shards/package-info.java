/**
 * Training of a linear model on rows that stay where they are: what the shards of an operator are
 * asked in each round, and what becomes of their sums.
 */
package io.logitflow.learning.shards;
