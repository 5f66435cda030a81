package io.logitflow.classifier.djl;

/**
 * Settings of DJL that must stand before its first class is used. Each is a system property; one
 * that is set already stays.
 */
final class EngineSettings {

  private static final String PYTORCH_THREADS = "ai.djl.pytorch.num_threads";
  private static final String ONNX_RUNTIME_THREADS = "ai.djl.onnxruntime.num_threads";

  private EngineSettings() {}

  static void apply() {
    // Nothing is fetched at run time, and nothing about this machine is sent anywhere.
    unlessSet("ai.djl.offline", "true");
    // Otherwise ONNX Runtime starts PyTorch, for operations on arrays that are not used here.
    unlessSet("ai.djl.onnx.disable_alternative", "true");
    // Subtasks score at the same time, each on a thread of its own: more would only get in the way.
    unlessSet(PYTORCH_THREADS, "1");
    unlessSet("ai.djl.pytorch.num_interop_threads", "1");
  }

  /** Threads that one call of ONNX Runtime may use. */
  static String onnxRuntimeThreads() {
    return System.getProperty(ONNX_RUNTIME_THREADS, "1");
  }

  private static void unlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
