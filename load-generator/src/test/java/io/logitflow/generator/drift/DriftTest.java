package io.logitflow.generator.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.generator.drift.Drift.FeatureNoise;
import io.logitflow.generator.drift.Drift.FeatureRoll;
import io.logitflow.generator.drift.Drift.FeatureScale;
import io.logitflow.generator.drift.Drift.LabelShift;
import io.logitflow.generator.drift.Ramp.Unit;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DriftTest {
  private static final long SECOND = 1_000_000_000;

  @Nested
  final class Text {
    @Test
    void everyKindIsRead() {
      assertThat(Drift.parse("noise:0.5"))
          .isEqualTo(new FeatureNoise(0.5, new Ramp(Unit.RECORDS, 0, 0)));
      assertThat(Drift.parse("scale:-1.2@30s"))
          .isEqualTo(new FeatureScale(-1.2, new Ramp(Unit.NANOS, 30 * SECOND, 30 * SECOND)));
      assertThat(Drift.parse("noise:1@30s..1m"))
          .isEqualTo(new FeatureNoise(1, new Ramp(Unit.NANOS, 30 * SECOND, 60 * SECOND)));
      assertThat(Drift.parse("roll:-3@30s..60s"))
          .isEqualTo(new FeatureRoll(-3, new Ramp(Unit.NANOS, 30 * SECOND, 60 * SECOND)));
      assertThat(Drift.parse("labels:late15=5,0=0@100..200"))
          .isEqualTo(
              new LabelShift(Map.of("late15", 5.0, "0", 0.0), new Ramp(Unit.RECORDS, 100, 200)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "noise",
          "noise:",
          "noise:-1",
          "noise:NaN",
          "noise:1@",
          "noise:1@60s..30s",
          "noise:1@30s..100",
          "noise:1@1..2..3",
          "roll:",
          "roll:0.5",
          "roll:12345678901",
          "labels:5",
          "labels:a=-1",
          "labels:=3",
          "wind:3"
        })
    void anythingElseIsRefused(String text) {
      assertThatThrownBy(() -> Drift.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  final class RampIntensity {
    @Test
    void suddenDriftIsCompleteFromItsPlaceOn() {
      Ramp ramp = Ramp.parse("30s");
      assertThat(ramp.intensity(30 * SECOND - 1, 1_000_000)).isZero();
      assertThat(ramp.intensity(30 * SECOND, 0)).isEqualTo(1);
    }

    @Test
    void gradualDriftGrowsLinearly() {
      Ramp ramp = Ramp.parse("100..300");
      assertThat(ramp.intensity(Long.MAX_VALUE, 100)).isZero();
      assertThat(ramp.intensity(0, 150)).isEqualTo(0.25);
      assertThat(ramp.intensity(0, 300)).isEqualTo(1);
      assertThat(ramp.intensity(0, 9_999)).isEqualTo(1);
    }

    @Test
    void driftWithoutAPlaceHoldsFromTheFirstRecordOn() {
      assertThat(Ramp.ALWAYS.intensity(0, 0)).isEqualTo(1);
    }
  }
}
