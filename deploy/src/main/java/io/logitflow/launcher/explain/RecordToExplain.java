package io.logitflow.launcher.explain;

import java.util.List;

/**
 * A record and where it came from.
 *
 * @param origin in words, for the user
 * @param features as the model takes them
 * @param featureNames what its source calls them; empty for nothing
 */
@SuppressWarnings("ArrayRecordComponent") // Not compared.
record RecordToExplain(String origin, float[] features, List<String> featureNames) {

  RecordToExplain {
    featureNames = List.copyOf(featureNames);
  }
}
