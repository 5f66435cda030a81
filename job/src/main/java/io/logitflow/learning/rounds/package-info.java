/**
 * Training in rounds over the subtasks of an operator: the coordinator asks all of them the same,
 * and adds what they answer. How vectors travel, who waits for whom, and what is left when a
 * subtask fails; what is asked is known elsewhere.
 */
package io.logitflow.learning.rounds;
