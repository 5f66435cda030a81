package io.logitflow.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageShapeTest {

  @Test
  void squaresFromEightByEightAreImages() {
    assertThat(ImageShape.squareOf(784)).hasValue(new ImageShape(28, 28));
    assertThat(ImageShape.squareOf(64)).hasValue(new ImageShape(8, 8));
    assertThat(ImageShape.squareOf(49)).isEmpty();
    assertThat(ImageShape.squareOf(57)).isEmpty();
  }

  @Test
  void sizeIsWidthThenHeight() {
    assertThat(ImageShape.parse("32x16")).isEqualTo(new ImageShape(32, 16));
    assertThat(new ImageShape(32, 16).name(33)).isEqualTo("row 1 col 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "28", "28x", "0x5", "28X28", "-1x4", "999999x1"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> ImageShape.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is no size of an image");
  }
}
