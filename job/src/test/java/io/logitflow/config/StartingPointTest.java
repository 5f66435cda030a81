package io.logitflow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartingPointTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "earliest",
        "latest",
        "committed",
        "2026-01-31T00:00:00Z",
        "6 h",
        "features-0@1200,my-labels-12@0"
      })
  void theTextFormIsReadAsItIsWritten(String text) {
    assertThat(StartingPoint.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "2026-01-31T00:00:00Z", "7 d", "features-0@1200"})
  void anEndIsReadAsItIsWritten(String text) {
    assertThat(EndPoint.parse(text)).hasToString(text);
  }

  @Test
  void aDayIsItsBeginning() {
    assertThat(StartingPoint.parse("2026-01-31"))
        .isEqualTo(new TopicPoint.Timestamp(Instant.parse("2026-01-31T00:00:00Z")));
  }

  @Test
  void offsetsAreThoseOfPartitionsWhoseTopicsMayHaveDashes() {
    assertThat(StartingPoint.parse("a-b-3@7, c-0@9"))
        .isEqualTo(new TopicPoint.Offsets(Map.of("a-b-3", 7L, "c-0", 9L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Earliest",
        "",
        "1200",
        "2026-02-30",
        "6 parsecs",
        "features@12",
        "features-0@",
        "features-0@-1",
        "features-0@1,features-0@2",
        "features-0@1,"
      })
  void anotherTextIsRefusedWithWhatIsAccepted(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StartingPoint.parse(text))
        .withMessage("'" + text + "' is not " + StartingPoint.SYNTAX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "committed", "", "12"})
  void whatIsNoEndIsRefusedWithWhatIsAccepted(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EndPoint.parse(text))
        .withMessage("'" + text + "' is not " + EndPoint.SYNTAX);
  }
}
