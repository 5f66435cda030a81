package io.logitflow.training;

/** Is told how training goes on, on the thread that trains. */
public interface TrainingListener {

  /** Nobody listens. */
  TrainingListener NONE = (progress, point) -> {};

  /**
   * An epoch or an iteration is over.
   *
   * @param point the parameters there, a copy: what {@link Start.Resumed} goes on from
   */
  void progressed(Progress progress, double[] point);
}
