package io.logitflow.classifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Normaliser and layers of a model as few linear steps and activations, in float64: normalisation
 * goes into the linear step after it or before it, and neighbouring linear steps become one where
 * that saves work. A low-rank layer stays two.
 */
final class FoldedNetwork {

  private final List<FoldedStep> steps;
  private final int inputs;

  private FoldedNetwork(List<FoldedStep> steps, int inputs) {
    this.steps = steps;
    this.inputs = inputs;
  }

  /**
   * Folds a model of layers.
   *
   * @throws InvalidModelException if a weight does not fit float32 once it is folded
   */
  static FoldedNetwork of(Model model) throws InvalidModelException {
    List<FoldedStep> folded = new ArrayList<>();
    for (FoldedStep step : steps(model)) {
      add(folded, step);
    }
    folded.replaceAll(step -> step instanceof FoldedScale scale ? scale.toLinear() : step);
    for (FoldedStep step : folded) {
      Float32Range.check(step);
    }
    checkWidth(model.featureCount(), folded.get(0).outputs());
    return new FoldedNetwork(List.copyOf(folded), model.featureCount());
  }

  /** What a micro-batch yields is dense: after a wide input there is no room for a wide output. */
  private static void checkWidth(int inputs, int outputs) throws InvalidModelException {
    if (inputs > FeatureBatch.WIDEST_DENSE && outputs > FeatureBatch.WIDEST_DENSE) {
      throw new InvalidModelException(
          ("the first layers make %d outputs of %d features, expected at most %d: a linear layer"
                  + " with fewer outputs, before any activation")
              .formatted(outputs, inputs, FeatureBatch.WIDEST_DENSE));
    }
  }

  private static List<FoldedStep> steps(Model model) {
    List<FoldedStep> steps = new ArrayList<>();
    model.normaliser().ifPresent(normaliser -> steps.add(FoldedScale.of(normaliser)));
    int width = model.featureCount();
    for (Layer layer : model.layers()) {
      width = layer.outputs(width);
      if (layer instanceof LinearLayer linear) {
        steps.add(FoldedLinear.of(linear.weight(), linear.bias()));
      } else if (layer instanceof LowRankLinearLayer lowRank) {
        steps.add(FoldedLinear.of(lowRank.right(), Optional.empty()));
        steps.add(FoldedLinear.of(lowRank.left(), lowRank.bias()));
      } else if (layer instanceof SparseLinearLayer sparse) {
        steps.add(FoldedSparseLinear.of(sparse));
      } else if (layer instanceof BatchNormLayer norm) {
        steps.add(FoldedScale.of(norm));
      } else {
        steps.add(new FoldedActivation((Activation) layer, width));
      }
    }
    return steps;
  }

  /** Adds a step, folded with the one before it if that can be. */
  private static void add(List<FoldedStep> folded, FoldedStep step) throws InvalidModelException {
    FoldedStep last = folded.isEmpty() ? null : folded.get(folded.size() - 1);
    FoldedStep both = null;
    if (last instanceof FoldedScale scale) {
      both = after(step, scale);
    } else if (step instanceof FoldedScale scale) {
      both = then(last, scale);
    } else if (step instanceof FoldedLinear second
        && last instanceof FoldedLinear first
        && second.isCheaperMultipliedWith(first)) {
      both = second.after(first);
    }
    if (both == null) {
      folded.add(step);
    } else {
      folded.set(folded.size() - 1, both);
    }
  }

  private static FoldedStep after(FoldedStep step, FoldedScale scale) {
    if (step instanceof FoldedLinear linear) {
      return linear.after(scale);
    }
    if (step instanceof FoldedSparseLinear sparse) {
      return sparse.after(scale);
    }
    return step instanceof FoldedScale second ? second.after(scale) : null;
  }

  private static FoldedStep then(FoldedStep step, FoldedScale scale) {
    if (step instanceof FoldedLinear linear) {
      return linear.then(scale);
    }
    return step instanceof FoldedSparseLinear sparse ? sparse.then(scale) : null;
  }

  /** The steps: no scale is among them. */
  List<FoldedStep> steps() {
    return steps;
  }

  int inputs() {
    return inputs;
  }

  /** Kind and size of each step: networks of the same shape are computed by the same code. */
  List<String> shape() {
    List<String> shape = new ArrayList<>(List.of("inputs " + inputs));
    for (FoldedStep step : steps) {
      String kind =
          step instanceof FoldedActivation activation
              ? activation.activation().function().name()
              : step.getClass().getSimpleName();
      shape.add(kind + " " + step.outputs());
    }
    return List.copyOf(shape);
  }

  int outputs() {
    return steps.get(steps.size() - 1).outputs();
  }

  /** Scores of one row. */
  double[] apply(double[] features) {
    return applyRest(steps.get(0).apply(features));
  }

  /** Scores of one sparse row. */
  double[] apply(SparseRow row) {
    return applyRest(steps.get(0).apply(row));
  }

  private double[] applyRest(double[] first) {
    double[] values = first;
    for (FoldedStep step : steps.subList(1, steps.size())) {
      values = step.apply(values);
    }
    return values;
  }

  FoldedLinear asLinear() throws InvalidModelException {
    FoldedLinear product = null;
    for (FoldedStep step : steps) {
      if (step instanceof FoldedActivation between) {
        throw new InvalidModelException(
            "the model has a hidden layer with %s, expected linear layers only"
                .formatted(between.activation().function()));
      }
      FoldedLinear linear =
          step instanceof FoldedSparseLinear sparse ? sparse.toDense() : (FoldedLinear) step;
      product = product == null ? linear : linear.after(product);
    }
    return product;
  }
}
