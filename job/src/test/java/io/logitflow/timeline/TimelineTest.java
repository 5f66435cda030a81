package io.logitflow.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {

  private static Reign reign(long version, long from, long until) {
    return new Reign(version, from, until, Reign.Basis.DECISION, "", "", "");
  }

  @ParameterizedTest
  @CsvSource({
    "-9223372036854775808, 0",
    "9, 0",
    "10, 1",
    "19, 1",
    "20, 2",
    "9223372036854775807, 2"
  })
  void aReignHasItsBeginningAndNotItsEnd(long time, int reign) {
    Timeline timeline =
        new Timeline(
            List.of(reign(1, Reign.EVER, 10), reign(2, 10, 20), reign(1, 20, Reign.STILL)));
    assertThat(timeline.at(time)).isEqualTo(reign);
  }

  @Test
  void holesAndOverlapsAreRefused() {
    assertThatThrownBy(() -> new Timeline(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Timeline(List.of(reign(1, Reign.EVER, 10))))
        .hasMessage("the last reign ends at 10");
    assertThatThrownBy(
            () -> new Timeline(List.of(reign(1, Reign.EVER, 10), reign(2, 11, Reign.STILL))))
        .hasMessageContaining("a reign from 11 to");
    assertThatThrownBy(
            () -> new Timeline(List.of(reign(1, Reign.EVER, 10), reign(2, 9, Reign.STILL))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
