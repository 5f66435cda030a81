package io.logitflow.config;

import java.io.Serializable;
import java.util.List;

/**
 * The layers between features and classes.
 *
 * @param units number of units of each; empty for a linear model
 * @param activation what follows each
 */
public record HiddenLayersConfig(List<Integer> units, HiddenActivation activation)
    implements Serializable {

  /** No hidden layers: a linear model. */
  public static final HiddenLayersConfig NONE =
      new HiddenLayersConfig(List.of(), HiddenActivation.RELU);

  public HiddenLayersConfig {
    units = List.copyOf(units);
  }

  /** Whether there is none. */
  public boolean isLinear() {
    return units.isEmpty();
  }
}
