package io.logitflow.promotion;

import io.logitflow.calibration.PairedStatistics;
import io.logitflow.calibration.ReliabilityBins;

/**
 * What a complete window says of a candidate and a champion.
 *
 * @param start start of the window in ms since the epoch
 * @param pairs both on the same records
 * @param champion reliability of the champion in the window
 * @param candidate reliability of the candidate in it
 */
public record WindowComparison(
    long start, PairedStatistics pairs, ReliabilityBins champion, ReliabilityBins candidate) {}
