package io.logitflow.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which the champion was changed: by time, whatever the order on the topic, where jobs
 * write with their next checkpoint and people at once. Changes of the same millisecond follow each
 * other as their versions do.
 */
final class MoveOrder {

  private MoveOrder() {}

  static List<ChampionMove> of(List<ChampionMove> moves) {
    List<ChampionMove> left = new ArrayList<>(moves);
    left.sort(Comparator.comparingLong(ChampionMove::time));
    List<ChampionMove> ordered = new ArrayList<>(left.size());
    while (!left.isEmpty()) {
      int tied = 1;
      while (tied < left.size() && left.get(tied).time() == left.get(0).time()) {
        tied++;
      }
      ordered.add(left.remove(next(left.subList(0, tied), ordered)));
    }
    return ordered;
  }

  /** The one that takes over from the last champion, or else from nobody among them. */
  private static int next(List<ChampionMove> tied, List<ChampionMove> before) {
    long champion = before.isEmpty() ? Reign.NOBODY_KNOWN : before.get(before.size() - 1).to();
    for (int i = 0; i < tied.size(); i++) {
      if (tied.get(i).from() == champion) {
        return i;
      }
    }
    for (int i = 0; i < tied.size(); i++) {
      long from = tied.get(i).from();
      if (tied.stream().noneMatch(other -> other.to() == from)) {
        return i;
      }
    }
    return 0;
  }
}
