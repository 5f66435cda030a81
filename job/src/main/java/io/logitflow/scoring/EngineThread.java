package io.logitflow.scoring;

/** A thread that may call an engine. */
final class EngineThread extends Thread {

  /**
   * Stack in bytes, as large as that of a program's main thread. ONNX Runtime overflowed the 1 MiB
   * that Java gives its threads, which ends the JVM without a word.
   */
  private static final long STACK_BYTES = 8L << 20;

  EngineThread(Runnable work, String name) {
    super(null, work, name, STACK_BYTES);
    setDaemon(true);
  }
}
