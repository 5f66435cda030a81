package io.logitflow.benchmarks.pipeline;

import io.logitflow.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The JVM of the broker: answers where it serves, and ends with its standard input. */
final class BrokerMain {

  private BrokerMain() {}

  /**
   * Runs a broker.
   *
   * @param args the directory of its data, then settings of the broker as {@code name=value}
   */
  public static void main(String[] args) throws IOException {
    // Topics of past runs are to give their space back at once, and a busy machine is waited for.
    Map<String, String> settings = new HashMap<>();
    settings.put("log.segment.delete.delay.ms", "1000");
    settings.put("server.max.startup.time.ms", "600000");
    for (String setting : List.of(args).subList(1, args.length)) {
      int equals = setting.indexOf('=');
      settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), 0, settings)) {
      ChildJvm.answer(broker.bootstrapServers());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
