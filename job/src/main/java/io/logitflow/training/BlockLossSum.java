package io.logitflow.training;

import java.util.List;

/** Loss and gradient over blocks of rows at a point. */
@FunctionalInterface
interface BlockLossSum {

  LossSum sum(List<RowBlock> blocks, double[] point);
}
