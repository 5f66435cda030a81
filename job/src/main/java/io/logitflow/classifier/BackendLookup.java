package io.logitflow.classifier;

/**
 * Finds the backend for files of other programs. It needs DJL, which belongs on the class path of
 * the cluster and not into the jar of the job, so nothing refers to it but a name, and only behind
 * the guard here.
 */
final class BackendLookup {

  private static final String LIBRARY = "ai.djl.engine.Engine";
  private static final String BACKEND = "io.logitflow.classifier.djl.DjlBackend";

  private BackendLookup() {}

  /**
   * The backend.
   *
   * @throws InvalidModelException if DJL is not on the class path; it says what to add
   */
  static Backend required() throws InvalidModelException {
    return required(BackendLookup.class.getClassLoader());
  }

  static Backend required(ClassLoader loader) throws InvalidModelException {
    try {
      Class.forName(LIBRARY, false, loader);
    } catch (ClassNotFoundException e) {
      throw new InvalidModelException(
          "TorchScript and ONNX files are served by DJL, which is not on the class path: put the"
              + " jars of logitflow-backends into lib/ of the Flink cluster and restart it; for a"
              + " cluster inside the launcher, run ./logitflow backends once",
          e);
    }
    try {
      return Class.forName(BACKEND, true, loader)
          .asSubclass(Backend.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(BACKEND + " cannot be created", e);
    }
  }
}
