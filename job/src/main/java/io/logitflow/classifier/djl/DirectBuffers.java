package io.logitflow.classifier.djl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Direct little-endian memory, which engines read without a copy, kept for the next batch: there
 * are as many buffers as threads that scored at the same time.
 */
final class DirectBuffers {

  private final ConcurrentLinkedQueue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

  /** A buffer of this many bytes, to be given back. */
  ByteBuffer take(int bytes) {
    ByteBuffer buffer = idle.poll();
    if (buffer == null || buffer.capacity() < bytes) {
      buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    return buffer.clear().limit(bytes);
  }

  void giveBack(ByteBuffer buffer) {
    idle.add(buffer);
  }
}
