package io.logitflow.feedback;

/** The names that model versions give to their classes. */
@FunctionalInterface
public interface ClassNames {

  /**
   * Index of a class.
   *
   * @return the index, or -1 if the version is not known or has no class of this name
   */
  int indexOf(long modelVersion, String className);
}
