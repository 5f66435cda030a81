package io.logitflow.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatedReaderTest {

  private final TestingTaskMetrics task = new TestingTaskMetrics("gated");
  private final ReadGate gate = ReadGate.ofTask(task);
  private final TestingReader source = new TestingReader();
  private final GatedReader<Integer, SourceSplit> reader = new GatedReader<>(source, task);
  private final Output output = new Output();

  @AfterEach
  void forget() {
    ReadGate.forgetTask(task);
  }

  @Test
  void aClosedGateHoldsEverythingBackWithoutReadingAhead() throws Exception {
    source.add(1, 3);

    assertThat(reader.isAvailable()).isNotDone();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(source.polls()).isZero();
    assertThat(output.collected).isEmpty();
  }

  @Test
  void openingTheGateMakesTheReaderAvailable() throws Exception {
    source.add(1, 3);
    CompletableFuture<Void> available = reader.isAvailable();
    gate.open();

    assertThat(available).isCompleted();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
    assertThat(output.collected).containsExactly(1);
  }

  @Test
  void withAnOpenGateAvailabilityIsThatOfTheSource() {
    gate.open();
    assertThat(reader.isAvailable()).isNotDone();

    source.add(1, 1);
    assertThat(reader.isAvailable()).isCompleted();
  }

  @Test
  void theGateHearsThatTheSourceHasNoMoreAfterItsLastRecord() throws Exception {
    List<Integer> collectedWhenIdle = new ArrayList<>();
    gate.whenIdle(() -> collectedWhenIdle.add(output.collected.size()));
    gate.open();
    source.add(0, 2);
    reader.pollNext(output);
    reader.pollNext(output);
    assertThat(collectedWhenIdle).isEmpty();

    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(collectedWhenIdle).containsExactly(2);
  }

  @Test
  void theEndOfTheInputIsToldAfterItsLastRecord() throws Exception {
    gate.open();
    source.add(1, 2);
    source.end();

    reader.pollNext(output);
    reader.pollNext(output);
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
    assertThat(output.collected).containsExactly(1, 2);
  }

  @Test
  void closingClosesTheSourceAndForgetsTheGate() throws Exception {
    reader.close();

    assertThat(source.isClosed()).isTrue();
    assertThat(ReadGate.ofTask(task)).isNotSameAs(gate);
  }

  /** Keeps what it gets. */
  private static final class Output implements ReaderOutput<Integer> {
    private final List<Integer> collected = new ArrayList<>();

    @Override
    public void collect(Integer record) {
      collected.add(record);
    }

    @Override
    public void collect(Integer record, long timestamp) {
      collected.add(record);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<Integer> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}
  }
}
