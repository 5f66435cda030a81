package io.logitflow.feedback;

import io.logitflow.label.Verdict;

/**
 * A prediction and what its labels mean for it.
 *
 * @param prediction the prediction
 * @param verdict what the labels mean
 * @param champion of a challenger's prediction that is labelled: that of the champion on the same
 *     record; null if there is none with such a class, and for a champion
 * @param championClass index of the true class among those of the champion; -1 without one
 */
record Judged(
    ServedPrediction prediction, Verdict verdict, ServedPrediction champion, int championClass) {}
