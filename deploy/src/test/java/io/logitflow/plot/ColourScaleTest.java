package io.logitflow.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import org.junit.jupiter.api.Test;

class ColourScaleTest {

  @Test
  void divergingScaleIsWhiteAtZeroAndBlueAndRedAtItsEnds() {
    ColourScale scale = ColourScale.diverging(2);

    // ColorBrewer RdBu, 11 classes.
    assertThat(scale.of(0)).isEqualTo(new Color(0xf7f7f7));
    assertThat(scale.of(-2)).isEqualTo(new Color(0x053061));
    assertThat(scale.of(2)).isEqualTo(new Color(0x67001f));
    assertThat(scale.of(0.4)).isEqualTo(new Color(0xfddbc7));
    assertThat(scale.of(-0.4)).isEqualTo(new Color(0xd1e5f0));
  }

  @Test
  void beyondTheLimitsTheColourIsThatOfTheLimit() {
    ColourScale scale = ColourScale.diverging(1);

    assertThat(scale.of(1e300)).isEqualTo(scale.of(1));
    assertThat(scale.of(Double.NEGATIVE_INFINITY)).isEqualTo(scale.of(-1));
  }

  @Test
  void notANumberHasAColourOfItsOwn() {
    assertThat(ColourScale.diverging(1).of(Double.NaN)).isEqualTo(new Color(0x999999));
  }

  @Test
  void weightsThatAreAllZeroAreWhite() {
    assertThat(ColourScale.diverging(0).of(0)).isEqualTo(new Color(0xf7f7f7));
  }

  @Test
  void greyScaleOfOneValueIsWhite() {
    assertThat(ColourScale.grey(3, 3).of(3)).isEqualTo(Color.WHITE);
    assertThat(ColourScale.grey(0, 1).of(1)).isEqualTo(new Color(0x111111));
  }
}
