package io.logitflow.training;

import java.util.Optional;

/**
 * A step along a direction that satisfies the strong Wolfe conditions: {@code f(s) <= f(0) + c1 s
 * f'(0)} and {@code |f'(s)| <= c2 |f'(0)|} (Nocedal and Wright, Numerical Optimization, algorithms
 * 3.5 and 3.6, with cubic interpolation).
 *
 * <p>Near a minimum the difference of two values is lost in their rounding, while slopes still can
 * be told: there the first condition is taken from slopes (the approximate Wolfe conditions of
 * Hager and Zhang 2005).
 */
final class WolfeLineSearch {

  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final int MAX_EVALUATIONS = 30;
  private static final double EXPANSION = 4;

  /** Part of a value that may be rounding. */
  private final double noise;

  private final Descent descent;
  private final Evaluation start;
  private final double[] direction;
  private final double startSlope;
  private int evaluations;

  /** A place along the direction. */
  private record Place(double step, Evaluation at, double slope) {
    double value() {
      return at.value();
    }
  }

  WolfeLineSearch(Descent descent, Evaluation start, double[] direction, double noise) {
    this.descent = descent;
    this.start = start;
    this.direction = direction;
    this.startSlope = Vectors.dot(start.gradient(), direction);
    this.noise = noise * Math.abs(start.value());
  }

  /**
   * Searches.
   *
   * @param firstStep what is tried first
   * @return the best place; empty if none is lower, or if somebody asked to stop before one was
   *     found
   */
  Optional<Evaluation> search(double firstStep) {
    Place previous = new Place(0, start, startSlope);
    double step = firstStep;
    while (evaluations < MAX_EVALUATIONS && !descent.isCancelled()) {
      Place place = evaluate(step);
      if (!place.at.isFinite()) {
        step = previous.step + (step - previous.step) / 10;
        continue;
      }
      if (decreases(place) && isFlat(place)) {
        return Optional.of(place.at);
      }
      if (!decreases(place) || (previous.step > 0 && place.value() > previous.value() + noise)) {
        return zoom(previous, place);
      }
      if (place.slope >= 0) {
        return zoom(place, previous);
      }
      previous = place;
      step *= EXPANSION;
    }
    return lower(previous);
  }

  /** Narrows an interval, of which {@code low} is the end with the lower value. */
  private Optional<Evaluation> zoom(Place lowEnd, Place highEnd) {
    Place low = lowEnd;
    Place high = highEnd;
    while (evaluations < MAX_EVALUATIONS && !descent.isCancelled()) {
      double width = Math.abs(high.step - low.step);
      if (width <= 1e-14 * Math.max(low.step, high.step)) {
        break;
      }
      Place place = evaluate(between(low, high));
      if (!place.at.isFinite() || !decreases(place) || place.value() > low.value() + noise) {
        high = place;
        continue;
      }
      if (isFlat(place)) {
        return Optional.of(place.at);
      }
      if (place.slope * (high.step - low.step) >= 0) {
        high = low;
      }
      low = place;
    }
    return lower(low);
  }

  private Optional<Evaluation> lower(Place place) {
    return place.step > 0 && place.value() <= start.value()
        ? Optional.of(place.at)
        : Optional.empty();
  }

  private Place evaluate(double step) {
    double[] point = new double[direction.length];
    Vectors.sum(start.point(), step, direction, point);
    evaluations++;
    Evaluation at = descent.evaluate(point);
    return new Place(step, at, Vectors.dot(at.gradient(), direction));
  }

  private boolean decreases(Place place) {
    if (place.value() <= start.value() + SUFFICIENT_DECREASE * place.step * startSlope) {
      return true;
    }
    return place.value() <= start.value() + noise
        && place.slope <= (2 * SUFFICIENT_DECREASE - 1) * startSlope;
  }

  private boolean isFlat(Place place) {
    return Math.abs(place.slope) <= -CURVATURE * startSlope;
  }

  /** The minimum of the cubic through values and slopes of both ends, kept away from them. */
  private static double between(Place low, Place high) {
    double width = high.step - low.step;
    double middle = low.step + width / 2;
    if (!high.at.isFinite()) {
      return low.step + width / 10;
    }
    double d1 = low.slope + high.slope - 3 * (low.value() - high.value()) / (low.step - high.step);
    double square = d1 * d1 - low.slope * high.slope;
    if (!(square >= 0)) {
      return middle;
    }
    double d2 = Math.copySign(Math.sqrt(square), width);
    double step = high.step - width * (high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2);
    double part = (step - low.step) / width;
    return part >= 0.1 && part <= 0.9 ? step : part < 0.1 ? low.step + 0.1 * width : middle;
  }
}
