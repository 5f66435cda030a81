package io.logitflow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class TopicTrimmerTest {
  private static final TopicPartition PREDICTIONS_0 = new TopicPartition("predictions", 0);
  private static final TopicPartition PREDICTIONS_1 = new TopicPartition("predictions", 1);
  private static final TopicPartition LABELS_0 = new TopicPartition("labels", 0);

  private static final Map<TopicPartition, Long> SHOWN =
      Map.of(PREDICTIONS_0, 100L, PREDICTIONS_1, 70L, LABELS_0, 90L);

  @Test
  void whatTheSlowerOneHasReadIsReadByBoth() {
    assertThat(
            TopicTrimmer.readByBoth(
                SHOWN, Map.of(PREDICTIONS_0, 60L, PREDICTIONS_1, 75L, LABELS_0, 90L)))
        .isEqualTo(Map.of(PREDICTIONS_0, 60L, PREDICTIONS_1, 70L, LABELS_0, 90L));
  }

  @Test
  void ofAPartitionWithoutCommittedOffsetNothingIsReadByBoth() {
    assertThat(TopicTrimmer.readByBoth(SHOWN, Map.of(PREDICTIONS_0, 60L)))
        .isEqualTo(Map.of(PREDICTIONS_0, 60L, PREDICTIONS_1, 0L, LABELS_0, 0L));
  }

  @Test
  void theTopicThatIsFurthestBehindCounts() {
    assertThat(
            TopicTrimmer.behind(
                SHOWN, Map.of(PREDICTIONS_0, 60L, PREDICTIONS_1, 50L, LABELS_0, 40L)))
        .isEqualTo(60);
    assertThat(TopicTrimmer.behind(SHOWN, SHOWN)).isZero();
    assertThat(TopicTrimmer.behind(Map.of(), Map.of())).isZero();
  }
}
