package io.logitflow.classifier;

import io.logitflow.classifier.output.OutputFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a model of layers means, computed in float64 straight from its definition: normaliser, then
 * layer after layer, then calibration and output function. Golden rows are made with it; nothing is
 * folded or packed, so it is what folding and kernels are checked against.
 */
final class Float64Reference {

  /** Golden rows are no records: whatever is drawn for them is drawn with this seed. */
  static final long SEED = 0;

  private final List<UnaryOperator<double[]>> steps = new ArrayList<>();
  private final OutputFunction outputFunction;
  private final Calibration calibration;

  Float64Reference(Model model) {
    model.normaliser().ifPresent(normaliser -> steps.add(standardise(normaliser)));
    model.layers().forEach(layer -> steps.add(step(layer)));
    this.outputFunction = model.outputFunction();
    this.calibration = model.calibration();
  }

  /** Logits of one row before calibration. */
  double[] logits(float[] features) {
    double[] values = new double[features.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = features[i];
    }
    for (UnaryOperator<double[]> step : steps) {
      values = step.apply(values);
    }
    return outputFunction.logits(values);
  }

  /** Probabilities of one row after calibration. */
  double[] probabilities(float[] features) {
    return outputFunction.probabilities(calibration.apply(logits(features)), SEED);
  }

  private static UnaryOperator<double[]> step(Layer layer) {
    if (layer instanceof LinearLayer linear) {
      return product(linear.weight(), linear.bias());
    }
    if (layer instanceof LowRankLinearLayer lowRank) {
      UnaryOperator<double[]> right = product(lowRank.right(), Optional.empty());
      UnaryOperator<double[]> left = product(lowRank.left(), lowRank.bias());
      return x -> left.apply(right.apply(x));
    }
    if (layer instanceof SparseLinearLayer sparse) {
      return product(sparse);
    }
    if (layer instanceof BatchNormLayer norm) {
      return normalise(norm);
    }
    Activation activation = (Activation) layer;
    return x -> {
      double[] y = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        y[i] = activation.of(x[i]);
      }
      return y;
    };
  }

  private static UnaryOperator<double[]> standardise(Normaliser normaliser) {
    double[] mean = normaliser.mean().toDoubles();
    double[] scale = normaliser.scale().toDoubles();
    return x -> {
      double[] y = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        y[i] = (x[i] - mean[i]) / scale[i];
      }
      return y;
    };
  }

  private static UnaryOperator<double[]> normalise(BatchNormLayer norm) {
    double[] mean = norm.mean().toDoubles();
    double[] variance = norm.variance().toDoubles();
    double[] weight = norm.weight().map(Tensor::toDoubles).orElse(null);
    double[] bias = norm.bias().map(Tensor::toDoubles).orElse(null);
    return x -> {
      double[] y = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        y[i] = (x[i] - mean[i]) / Math.sqrt(variance[i] + norm.epsilon());
        y[i] = y[i] * (weight == null ? 1 : weight[i]) + (bias == null ? 0 : bias[i]);
      }
      return y;
    };
  }

  private static UnaryOperator<double[]> product(Tensor matrix, Optional<Tensor> offset) {
    double[] weight = matrix.toDoubles();
    double[] bias = offset.map(Tensor::toDoubles).orElse(new double[matrix.length(0)]);
    return x -> {
      double[] y = bias.clone();
      for (int k = 0; k < y.length; k++) {
        for (int i = 0; i < x.length; i++) {
          y[k] += weight[k * x.length + i] * x[i];
        }
      }
      return y;
    };
  }

  private static UnaryOperator<double[]> product(SparseLinearLayer sparse) {
    double[] value = sparse.values().toDoubles();
    int[] column = sparse.columns().toInts();
    int[] rowStart = sparse.rowStarts().toInts();
    double[] bias = sparse.bias().map(Tensor::toDoubles).orElse(new double[sparse.outputs()]);
    return x -> {
      double[] y = bias.clone();
      for (int k = 0; k < y.length; k++) {
        for (int i = rowStart[k]; i < rowStart[k + 1]; i++) {
          y[k] += value[i] * x[column[i]];
        }
      }
      return y;
    };
  }
}
