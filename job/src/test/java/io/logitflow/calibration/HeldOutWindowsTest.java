package io.logitflow.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldOutWindowsTest {

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "100, 1",
    "100 100, 1",
    "100 100 100 100, 3",
    "100 100 100 100 100, 4",
    "100 100 100 97, 3",
    "1000 1, 1",
    "1 1000, 1",
    "400 10 10 100, 1",
    "400 10 50 90, 2",
    "100 0 0, 2"
  })
  void theNewestWindowsWithAboutAQuarterOfTheLabelsAreHeldOut(String labels, int fitted) {
    long[] counts =
        Arrays.stream(labels.split(" "))
            .filter(s -> !s.isEmpty())
            .mapToLong(Long::parseLong)
            .toArray();

    assertThat(HeldOutWindows.windowsToFit(counts)).isEqualTo(fitted);
  }
}
