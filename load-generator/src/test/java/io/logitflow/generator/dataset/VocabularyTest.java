package io.logitflow.generator.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class VocabularyTest {

  @Test
  void mostFrequentComeFirstAndTiesByName() {
    Vocabulary vocabulary =
        Vocabulary.mostFrequent(Stream.of("SEA", "BOS", "ORD", "ORD", "ATL", "SEA", "LAX"), 4);
    assertThat(vocabulary.values()).containsExactly("ORD", "SEA", "ATL", "BOS");
    assertThat(vocabulary.width()).isEqualTo(5);
    assertThat(vocabulary.index("ATL")).isEqualTo(2);
  }

  @Test
  void whateverElseComesIsOther() {
    Vocabulary vocabulary = Vocabulary.mostFrequent(Stream.of("ORD", "ORD", "SEA"), 1);
    assertThat(vocabulary.index("SEA")).isEqualTo(1);
    assertThat(vocabulary.index("")).isEqualTo(1);
  }
}
