package io.logitflow.classifier.djl;

import io.logitflow.classifier.InvalidModelException;
import java.util.Optional;

/** Whether what trains hidden layers is there: PyTorch, through DJL. */
public final class Autograd {

  private static final String LIBRARY = "ai.djl.engine.Engine";

  private Autograd() {}

  /** What is missing on the class path, and what to do; empty if nothing. Starts nothing. */
  public static Optional<String> missing() {
    return missing(Autograd.class.getClassLoader());
  }

  static Optional<String> missing(ClassLoader loader) {
    try {
      Class.forName(LIBRARY, false, loader);
    } catch (ClassNotFoundException e) {
      return Optional.of(
          "hidden layers are trained by PyTorch through DJL, which is not on the class path: put"
              + " the jars of logitflow-backends into lib/ of the Flink cluster and restart it; for"
              + " a cluster inside the launcher, run ./logitflow backends once");
    }
    return DjlEngine.PYTORCH.missing();
  }

  /**
   * Starts PyTorch in this JVM, where it stays, and says why it cannot.
   *
   * @return what is missing, and what to do; empty if it has started
   */
  public static Optional<String> start() {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      return missing;
    }
    try {
      var unused = DjlEngine.PYTORCH.start();
      return Optional.empty();
    } catch (InvalidModelException e) {
      return Optional.of(e.getMessage());
    }
  }
}
