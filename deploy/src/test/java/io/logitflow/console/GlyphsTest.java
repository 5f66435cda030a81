package io.logitflow.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GlyphsTest {

  @Test
  void theHighestBarIsTheLargestValueAndTheLowestIsZero() {
    assertThat(Glyphs.UNICODE.sparkline(List.of(0.0, 50.0, 100.0), 3)).isEqualTo("▁▅█");
  }

  @Test
  void fewValuesStandAtTheRight() {
    assertThat(Glyphs.ASCII.sparkline(List.of(1.0), 4)).isEqualTo("   #");
  }

  @Test
  void ofManyValuesTheLatestAreShown() {
    assertThat(Glyphs.ASCII.sparkline(List.of(9.0, 0.0, 1.0), 2)).isEqualTo("_#");
  }

  @Test
  void zerosAreFlat() {
    assertThat(Glyphs.ASCII.sparkline(List.of(0.0, 0.0), 2)).isEqualTo("__");
  }
}
