package io.logitflow.training;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a trainer does.
 *
 * @param solver L-BFGS, or mini-batches by SGD or Adam
 * @param l2 strength of {@code |W|^2 / 2} against the sum of the losses, at least 0: 1 / C of
 *     scikit-learn
 * @param l1 strength of {@code |W|_1} against the sum of the losses, at least 0; with L-BFGS only
 * @param loss smoothing, class weights, distillation
 * @param initialisation of a start that is drawn
 * @param seed of the start and of the order of the rows
 * @param standardise whether features are shifted and scaled to mean 0 and deviation 1, which the
 *     model then does too
 * @param precision of logits and gradients
 */
public record TrainerOptions(
    Solver solver,
    double l2,
    double l1,
    LossOptions loss,
    Initialisation initialisation,
    long seed,
    boolean standardise,
    Precision precision) {

  /** L-BFGS from zero with l2 = 1, as scikit-learn's defaults, over features as they are. */
  public static final TrainerOptions DEFAULTS =
      new TrainerOptions(
          LbfgsOptions.DEFAULTS,
          1,
          0,
          LossOptions.PLAIN,
          Initialisation.ZERO,
          0,
          false,
          Precision.FLOAT32);

  /** Checks the ranges. */
  public TrainerOptions {
    Objects.requireNonNull(solver, "solver");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(initialisation, "initialisation");
    Objects.requireNonNull(precision, "precision");
    if (!(l2 >= 0 && l2 <= Double.MAX_VALUE) || !(l1 >= 0 && l1 <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "l2 %s and l1 %s, expected numbers of at least 0".formatted(l2, l1));
    }
    if (l1 > 0 && !(solver instanceof LbfgsOptions)) {
      throw new IllegalArgumentException(
          "l1 %s with mini-batches, which leave no weight at exactly 0; use L-BFGS".formatted(l1));
    }
  }

  /** The same with another solver. */
  public TrainerOptions withSolver(Solver newSolver) {
    return new TrainerOptions(
        newSolver, l2, l1, loss, initialisation, seed, standardise, precision);
  }

  /** The same with other penalties. */
  public TrainerOptions withPenalties(double newL2, double newL1) {
    return new TrainerOptions(
        solver, newL2, newL1, loss, initialisation, seed, standardise, precision);
  }

  /** The same with another loss. */
  public TrainerOptions withLoss(LossOptions newLoss) {
    return new TrainerOptions(
        solver, l2, l1, newLoss, initialisation, seed, standardise, precision);
  }

  /** The same with another start. */
  public TrainerOptions withInitialisation(Initialisation newInitialisation, long newSeed) {
    return new TrainerOptions(
        solver, l2, l1, loss, newInitialisation, newSeed, standardise, precision);
  }

  /** The same with features standardised or not. */
  public TrainerOptions withStandardise(boolean newStandardise) {
    return new TrainerOptions(
        solver, l2, l1, loss, initialisation, seed, newStandardise, precision);
  }

  /** The same in another precision. */
  public TrainerOptions withPrecision(Precision newPrecision) {
    return new TrainerOptions(
        solver, l2, l1, loss, initialisation, seed, standardise, newPrecision);
  }

  /** Every option as a provenance keeps it, by name. */
  public Map<String, String> toDetails() {
    Map<String, String> details = new TreeMap<>(solver.toDetails());
    details.put("l2", String.valueOf(l2));
    details.put("l1", String.valueOf(l1));
    details.put("label-smoothing", String.valueOf(loss.labelSmoothing()));
    if (!loss.classWeights().isEmpty()) {
      details.put(
          "class-weights",
          loss.classWeights().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    loss.distillation()
        .ifPresent(
            distillation -> {
              details.put("distillation.temperature", String.valueOf(distillation.temperature()));
              details.put("distillation.share", String.valueOf(distillation.share()));
            });
    details.put("initialisation", initialisation.name().toLowerCase(Locale.ROOT));
    details.put("seed", String.valueOf(seed));
    details.put("standardise", String.valueOf(standardise));
    details.put("precision", precision.name().toLowerCase(Locale.ROOT));
    return details;
  }
}
