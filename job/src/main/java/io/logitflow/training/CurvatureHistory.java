package io.logitflow.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last steps and what they changed in the gradient, from which the two-loop recursion makes a
 * product with an approximate inverse Hessian (Nocedal and Wright, Numerical Optimization,
 * algorithm 7.4).
 */
final class CurvatureHistory {

  private record Pair(double[] step, double[] change, double product) {}

  private final int capacity;
  private final Deque<Pair> pairs = new ArrayDeque<>();

  CurvatureHistory(int capacity) {
    this.capacity = capacity;
  }

  boolean isEmpty() {
    return pairs.isEmpty();
  }

  void clear() {
    pairs.clear();
  }

  /** Remembers a step, unless the function curves upwards too little along it to be told. */
  void add(double[] step, double[] change) {
    double product = Vectors.dot(step, change);
    if (!(product > 1e-16 * Vectors.dot(change, change))) {
      return;
    }
    if (pairs.size() == capacity) {
      pairs.removeFirst();
    }
    pairs.addLast(new Pair(step, change, product));
  }

  /** Where Newton's method would go: minus the inverse Hessian times a gradient. */
  double[] direction(double[] gradient) {
    double[] direction = new double[gradient.length];
    Vectors.add(-1, gradient, direction);
    if (pairs.isEmpty()) {
      return direction;
    }
    List<Pair> oldestFirst = new ArrayList<>(pairs);
    double[] alphas = new double[oldestFirst.size()];
    for (int i = alphas.length - 1; i >= 0; i--) {
      Pair pair = oldestFirst.get(i);
      alphas[i] = Vectors.dot(pair.step, direction) / pair.product;
      Vectors.add(-alphas[i], pair.change, direction);
    }
    Pair last = pairs.getLast();
    double scale = last.product / Vectors.dot(last.change, last.change);
    for (int i = 0; i < direction.length; i++) {
      direction[i] *= scale;
    }
    for (int i = 0; i < alphas.length; i++) {
      Pair pair = oldestFirst.get(i);
      double beta = Vectors.dot(pair.change, direction) / pair.product;
      Vectors.add(alphas[i] - beta, pair.step, direction);
    }
    return direction;
  }
}
