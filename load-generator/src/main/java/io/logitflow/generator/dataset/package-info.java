/** Where rows come from: data set files and the synthetic stream. No topics and no time. */
package io.logitflow.generator.dataset;
