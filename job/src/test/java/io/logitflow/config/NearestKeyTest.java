package io.logitflow.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestKeyTest {

  /** The first three are the examples of Wagner and Fischer's algorithm in most textbooks. */
  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "saturday, sunday, 3",
    "intention, execution, 5",
    "same, same, 0",
    "'', abc, 3",
    "abc, '', 3"
  })
  void distanceCountsEdits(String left, String right, int distance) {
    assertThat(NearestKey.distance(left, right)).isEqualTo(distance);
    assertThat(NearestKey.distance(right, left)).isEqualTo(distance);
  }

  @Test
  void aSlipFindsTheKeyThatWasMeant() {
    assertThat(NearestKey.to("topic-prefx", JobOptions.SCORING.keys())).contains("topic-prefix");
    assertThat(NearestKey.to("bootstrap-server", List.of("model", "bootstrap-servers")))
        .contains("bootstrap-servers");
  }

  @Test
  void aKeyLikeNoOtherFindsNone() {
    assertThat(NearestKey.to("state.backend.type", JobOptions.SCORING.keys())).isEmpty();
  }
}
