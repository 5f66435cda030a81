package io.logitflow.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.SplittableRandom;

/**
 * TCP ports on the loopback interface.
 *
 * <p>Free ports come from 20000 to 31999, below the range from which operating systems take the
 * ports of outgoing connections. A port from that range could be taken by any client while a server
 * restarts, even by the very client that waits for the server (a TCP connection to itself).
 */
public final class LoopbackPorts {
  /** The loopback address. */
  public static final String HOST = "127.0.0.1";

  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final int ATTEMPTS = 200;

  private final SplittableRandom random = new SplittableRandom();

  /**
   * A port that nothing listens on right now.
   *
   * @throws BindException if none was found
   */
  public int free() throws BindException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = random.nextInt(FIRST, END);
      if (isFree(port)) {
        return port;
      }
    }
    throw new BindException(
        "no free port on %s: tried %d from %d to %d".formatted(HOST, ATTEMPTS, FIRST, END - 1));
  }

  /** Whether a server could listen on the port right now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
