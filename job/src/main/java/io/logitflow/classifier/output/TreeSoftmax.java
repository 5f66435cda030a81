package io.logitflow.classifier.output;

import java.util.List;

/**
 * Hierarchical softmax over a binary tree: at node n with score {@code s_n} the path goes right
 * with probability {@code sigmoid(s_n)}, left with {@code sigmoid(-s_n)}; the probability of a
 * class is the product along its path, and its logit the logarithm of that. Morin and Bengio,
 * "Hierarchical Probabilistic Neural Network Language Model", 2005.
 *
 * <p>A child is a node, as its number, or class k, as {@code -1 - k}. Node 0 is the root, and a
 * node has a larger number than its parent.
 *
 * @param left left child of each node
 * @param right right child of each node
 */
public record TreeSoftmax(List<Integer> left, List<Integer> right) implements OutputFunction {

  public TreeSoftmax {
    left = List.copyOf(left);
    right = List.copyOf(right);
    if (left.isEmpty() || left.size() != right.size()) {
      throw new IllegalArgumentException(
          "%d left and %d right children, expected one of each for at least one node"
              .formatted(left.size(), right.size()));
    }
    boolean[] nodeSeen = new boolean[left.size()];
    boolean[] classSeen = new boolean[left.size() + 1];
    for (int node = 0; node < left.size(); node++) {
      mark(node, left.get(node), nodeSeen, classSeen);
      mark(node, right.get(node), nodeSeen, classSeen);
    }
  }

  /**
   * As many children as there are nodes below the root and classes: none comes twice, so all do.
   */
  private static void mark(int node, int child, boolean[] nodeSeen, boolean[] classSeen) {
    boolean isNode = child >= 0;
    int index = isNode ? child : -1 - child;
    boolean[] seen = isNode ? nodeSeen : classSeen;
    if (index >= seen.length || (isNode && index <= node) || seen[index]) {
      throw new IllegalArgumentException(
          "a child of node %d is %s, expected %s"
              .formatted(
                  node,
                  isNode ? "node " + index : "class " + index,
                  isNode
                      ? "each node but the root once, below one with a smaller number"
                      : "each of %d classes once".formatted(classSeen.length)));
    }
    seen[index] = true;
  }

  @Override
  public int classes(int scores) {
    if (scores != left.size()) {
      throw new IllegalArgumentException(
          "%d outputs, expected %d, one for each node".formatted(scores, left.size()));
    }
    return left.size() + 1;
  }

  @Override
  public double[] logits(double[] scores) {
    double[] ofNode = new double[left.size()];
    double[] ofClass = new double[left.size() + 1];
    for (int node = 0; node < ofNode.length; node++) {
      add(left.get(node), ofNode[node] + LogSigmoid.of(-scores[node]), ofNode, ofClass);
      add(right.get(node), ofNode[node] + LogSigmoid.of(scores[node]), ofNode, ofClass);
    }
    return ofClass;
  }

  private static void add(int child, double logProbability, double[] ofNode, double[] ofClass) {
    if (child >= 0) {
      ofNode[child] = logProbability;
    } else {
      ofClass[-1 - child] = logProbability;
    }
  }

  @Override
  public double[] probabilities(double[] logits, long seed) {
    return Softmax.of(logits);
  }
}
