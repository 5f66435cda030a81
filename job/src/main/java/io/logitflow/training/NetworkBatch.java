package io.logitflow.training;

/**
 * Rows for a network, with what the cross-entropy of its logits is taken against: {@code -sum_k
 * classTargets_k ln softmax(z)_k - sum_k teacherTargets_k ln softmax(z / T)_k} for each row.
 *
 * @param features {@code [rows, features]}, row-major; may be longer
 * @param rows number of rows
 * @param labels index of the class, {@code [rows]}, -1 where it is unknown; may be longer
 * @param weights of the rows, those of their classes included, {@code [rows]}
 * @param classTargets {@code [rows, classes]}, times the weight of the row
 * @param teacherTargets {@code [rows, classes]}, times the weight of the row; empty without another
 *     model's probabilities
 * @param temperature T, above 0
 */
public record NetworkBatch(
    float[] features,
    int rows,
    int[] labels,
    double[] weights,
    float[] classTargets,
    float[] teacherTargets,
    double temperature) {

  /**
   * Rows as options have them learned from.
   *
   * @param targets what the rows say about their classes: one each, or another model's
   *     probabilities
   */
  static NetworkBatch of(RowBlock block, Targets targets, int classes, LossOptions options) {
    RowTerm term = new RowTerm(targets, classes, options);
    double[] weights = new double[block.rows];
    float[] ofClasses = new float[block.rows * classes];
    float[] ofTeacher = new float[targets == Targets.TEACHER ? ofClasses.length : 0];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = term.weight(block, row);
      term.putTargets(block, row, ofClasses, ofTeacher);
    }
    return new NetworkBatch(
        block.values, block.rows, block.labels, weights, ofClasses, ofTeacher, term.temperature());
  }
}
