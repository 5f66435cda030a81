package io.logitflow.benchmarks.kernel.vector;

import java.util.function.IntToDoubleFunction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fused multiply-adds that wait for nothing but each other: ten chains, which is more than the
 * latency of the instruction times what a core starts in a cycle, and no access to memory. What it
 * reaches is the most that a product of matrices can.
 */
public final class FmaLoop implements IntToDoubleFunction {

  /** Multiplications and additions of one iteration. */
  private static final int CHAINS = 10;

  private static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_PREFERRED;

  /** For the lookup by name. */
  public FmaLoop() {}

  /** Runs some iterations; gives the floating-point operations of one. */
  @Override
  public double applyAsDouble(int iterations) {
    FloatVector x = FloatVector.broadcast(FLOAT, 0.5f);
    FloatVector a = FloatVector.zero(FLOAT);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector e = a;
    FloatVector f = a;
    FloatVector g = a;
    FloatVector h = a;
    FloatVector i = a;
    FloatVector j = a;
    for (int n = 0; n < iterations; n++) {
      a = x.fma(x, a);
      b = x.fma(x, b);
      c = x.fma(x, c);
      d = x.fma(x, d);
      e = x.fma(x, e);
      f = x.fma(x, f);
      g = x.fma(x, g);
      h = x.fma(x, h);
      i = x.fma(x, i);
      j = x.fma(x, j);
    }
    FloatVector sum = a.add(b).add(c.add(d)).add(e.add(f)).add(g.add(h)).add(i.add(j));
    if (!(sum.lane(0) > 0)) {
      throw new IllegalStateException("the chains were not run: " + sum.lane(0));
    }
    return 2.0 * CHAINS * FLOAT.length();
  }
}
