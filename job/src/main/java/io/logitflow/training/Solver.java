package io.logitflow.training;

import java.util.Map;

/** How the objective is minimised. */
public sealed interface Solver permits LbfgsOptions, MiniBatchOptions {

  /** Its name and options as a provenance keeps them. */
  Map<String, String> toDetails();
}
