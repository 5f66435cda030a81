package io.logitflow.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RowOrderTest {

  @Test
  void fileOrderIsRepeatedForEveryPass() {
    RowOrder order = new RowOrder(3, 2, false, 0);
    List<String> seen = new ArrayList<>();
    while (order.advance()) {
      seen.add(order.pass() + ":" + order.index());
    }
    assertThat(seen).containsExactly("0:0", "0:1", "0:2", "1:0", "1:1", "1:2");
  }

  @Test
  void shuffledPassHoldsEveryRowOnceInAnOrderOfItsOwn() {
    List<Integer> all = IntStream.range(0, 500).boxed().toList();
    RowOrder order = new RowOrder(500, 2, true, 1);
    List<Integer> first = pass(order, 500);
    List<Integer> second = pass(order, 500);
    assertThat(order.advance()).isFalse();
    assertThat(first).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
    assertThat(second).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(first);
  }

  @Test
  void sameSeedGivesTheSameOrder() {
    List<Integer> order = pass(new RowOrder(100, 1, true, 1), 100);
    assertThat(pass(new RowOrder(100, 1, true, 1), 100)).isEqualTo(order);
    assertThat(pass(new RowOrder(100, 1, true, 2), 100)).isNotEqualTo(order);
  }

  private static List<Integer> pass(RowOrder order, int size) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      assertThat(order.advance()).isTrue();
      rows.add(order.index());
    }
    return rows;
  }
}
