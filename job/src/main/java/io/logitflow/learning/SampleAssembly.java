package io.logitflow.learning;

import io.logitflow.training.sample.Sample;
import io.logitflow.training.sample.SampleLimits;
import io.logitflow.training.sample.SampleRow;
import io.logitflow.training.sample.Tally;
import java.io.IOException;
import java.util.BitSet;

/** Puts the parts of a sample together that the subtasks hand over. */
final class SampleAssembly {

  private final TrainingOrder order;
  private final Sample sample;
  private final Tally tally = new Tally();
  private final RowOutlines outlines = new RowOutlines();
  private final BitSet complete = new BitSet();

  SampleAssembly(TrainingOrder order, SampleLimits limits) {
    this.order = order;
    this.sample = new Sample(limits);
  }

  /**
   * Takes a part.
   *
   * @return whether it was the last one of all shards
   */
  boolean add(ShardPart part) throws IOException {
    for (SampleRow row : SampleFormat.readRows(part.rows())) {
      sample.add(row);
    }
    for (SampleRow row : outlines.read(part.outlines())) {
      sample.add(row);
    }
    // An answer may be there twice: in flight when an unaligned checkpoint was taken, and again.
    if (part.isLast() && !complete.get(part.shard())) {
      SampleFormat.Summary summary = SampleFormat.Summary.read(part.summary());
      sample.cut(summary.cuts());
      tally.merge(summary.tally());
      complete.set(part.shard());
    }
    return complete.cardinality() == part.shards();
  }

  TrainingOrder order() {
    return order;
  }

  Sample sample() {
    return sample;
  }

  Tally tally() {
    return tally;
  }
}
