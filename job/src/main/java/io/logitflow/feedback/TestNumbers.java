package io.logitflow.feedback;

/**
 * How many tests have begun: each spends its part of the level of its kind.
 *
 * @param promotions tests of challengers
 * @param rollbacks tests of previous champions
 */
public record TestNumbers(int promotions, int rollbacks) {

  static final TestNumbers NONE = new TestNumbers(0, 0);

  /** With one more test of a kind. */
  TestNumbers next(boolean rollback) {
    return rollback
        ? new TestNumbers(promotions, rollbacks + 1)
        : new TestNumbers(promotions + 1, rollbacks);
  }

  /** The number of the newest test of a kind. */
  int of(boolean rollback) {
    return rollback ? rollbacks : promotions;
  }
}
