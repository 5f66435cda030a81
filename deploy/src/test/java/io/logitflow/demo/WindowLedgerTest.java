package io.logitflow.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.calibration.CalibrationRecords;
import io.logitflow.schema.CalibrationRecord;
import io.logitflow.schema.Firing;
import io.logitflow.schema.ModelRole;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WindowLedgerTest {
  private final WindowLedger ledger = new WindowLedger();

  @Test
  void aRecordReplacesTheOneBeforeWithItsKey() throws IOException {
    ledger.add("a", record(1, Firing.EARLY, 100));
    ledger.add("a", record(1, Firing.ON_TIME, 150));

    assertThat(labelled()).containsExactly("1: 150");
  }

  @Test
  void windowsOfAVersionAreAddedUpAndVersionsAreKeptApart() throws IOException {
    ledger.add("b", record(2, Firing.EARLY, 7));
    ledger.add("a", record(1, Firing.FINAL, 100));
    ledger.add("c", record(1, Firing.FINAL, 20));
    ledger.add("d", record(1, Firing.LATE, 3));

    assertThat(labelled()).containsExactly("1: 123", "2: 7");
    assertThat(ledger.versions().get(0).metrics().meanConfidence()).isEqualTo(0.75);
  }

  @Test
  void aFinalRecordThatARestartedJobWritesAgainIsCountedOnce() throws IOException {
    ledger.add("a", record(1, Firing.FINAL, 100));
    ledger.add("a", record(1, Firing.LATE, 100));
    ledger.add("a", record(1, Firing.FINAL, 100));

    assertThat(labelled()).containsExactly("1: 100");
  }

  @Test
  void onlyAllRecordsOfVersionsThatServedCount() throws IOException {
    ledger.add("challenger", builder(3, Firing.FINAL, 5).setRole(ModelRole.CHALLENGER).build());
    ledger.add("segment", builder(1, Firing.FINAL, 5).setSegment("third").build());
    ledger.add("unmatched", builder(0, Firing.EARLY, 5).setRole(ModelRole.UNKNOWN).build());

    assertThat(ledger.versions()).isEmpty();
  }

  @Test
  void aRecordWhoseNumbersCannotBeIsRefused() {
    CalibrationRecord broken = builder(1, Firing.EARLY, 5).setCorrect(-1).build();

    assertThatThrownBy(() -> ledger.add("a", broken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("correct");
  }

  private List<String> labelled() {
    return ledger.versions().stream()
        .map(version -> version.version() + ": " + version.labelled())
        .toList();
  }

  private static CalibrationRecord record(long version, Firing firing, int labelled) {
    return builder(version, firing, labelled).build();
  }

  private static CalibrationRecord.Builder builder(long version, Firing firing, int labelled) {
    return CalibrationRecords.toRecord(TestingCalibration.overconfident(labelled))
        .setModel("digits")
        .setModelVersion(version)
        .setCalibrationVersion(0)
        .setRole(ModelRole.CHAMPION)
        .setWindowStart(Instant.EPOCH)
        .setWindowEnd(Instant.EPOCH.plusSeconds(2))
        .setFiring(firing);
  }
}
