package io.logitflow.config;

import java.util.Arrays;
import java.util.List;

/** Units of hidden layers as an option has them: separated by commas. */
final class UnitList {

  private static final int MOST = 1 << 16;

  private UnitList() {}

  /**
   * The number of units of each layer; none for a blank text.
   *
   * @throws IllegalArgumentException if one is not a number from 1 to 65536
   */
  static List<Integer> parse(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(UnitList::units).toList();
  }

  private static int units(String text) {
    int units = Integer.parseInt(text);
    if (units < 1 || units > MOST) {
      throw new IllegalArgumentException("%d units, expected 1 to %d".formatted(units, MOST));
    }
    return units;
  }
}
