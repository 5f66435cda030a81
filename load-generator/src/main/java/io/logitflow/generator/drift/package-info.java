/** How the stream departs from the data set, and when. */
package io.logitflow.generator.drift;
