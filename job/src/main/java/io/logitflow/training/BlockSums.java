package io.logitflow.training;

import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums of losses over blocks of rows, by several threads. Blocks are cut into parts whose number
 * depends on the blocks only, and sums are taken within a part and then over the parts, in order:
 * the same bits by any number of threads. One caller at a time.
 */
final class BlockSums implements BlockLossSum {

  private static final int MAX_PARTS = 64;

  /** Numbers that the sums of all parts may take together. */
  private static final int MEMORY = 1 << 23;

  private final LinearShape shape;
  private final Targets targets;
  private final RowTerm term;
  private final Precision precision;
  private final Kernels kernels;
  private final Workers workers;
  private final List<LossAccumulator> parts = new ArrayList<>();

  BlockSums(
      LinearShape shape,
      Targets targets,
      LossOptions options,
      Precision precision,
      Workers workers) {
    this.shape = shape;
    this.targets = targets;
    this.term = new RowTerm(targets, shape.classes(), options);
    this.precision = precision;
    this.kernels = Kernels.of(KernelChoice.AUTO);
    this.workers = workers;
  }

  @Override
  public LossSum sum(List<RowBlock> blocks, double[] point) {
    shape.check(point);
    BlockLoss loss =
        switch (precision) {
          case FLOAT32 -> new Float32BlockLoss(kernels, shape, term, targets, point);
          case FLOAT64 -> new Float64BlockLoss(shape, term, point);
        };
    int count = Math.max(1, Math.min(Math.min(blocks.size(), MAX_PARTS), MEMORY / shape.size()));
    while (parts.size() < count) {
      parts.add(new LossAccumulator(shape));
    }
    workers.run(
        count,
        part -> {
          LossAccumulator sum = parts.get(part);
          sum.clear();
          int end = (int) ((part + 1L) * blocks.size() / count);
          for (int i = (int) ((long) part * blocks.size() / count); i < end; i++) {
            loss.add(blocks.get(i), sum);
          }
        });
    LossAccumulator total = parts.get(0);
    for (int part = 1; part < count; part++) {
      total.add(parts.get(part));
    }
    return total.toSum();
  }
}
