package io.logitflow.launcher;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code logitflow version}. */
@Command(
    name = "version",
    description = "Prints the versions of Logitflow, Flink, Kafka and Java.",
    mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer>, IVersionProvider {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    for (String line : getVersion()) {
      spec.commandLine().getOut().println(line);
    }
    return 0;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "Logitflow " + of(VersionCommand.class),
      "Flink " + org.apache.flink.runtime.util.EnvironmentInformation.getVersion(),
      "Kafka " + org.apache.kafka.common.utils.AppInfoParser.getVersion(),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
    };
  }

  /** Version in the manifest of a class's jar; there is none in a folder of classes. */
  private static String of(Class<?> type) {
    return Optional.ofNullable(type.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
