package io.logitflow.launcher;

import io.logitflow.config.ConfigurationException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells a user why a command failed: what can be put right from outside in its own words, anything
 * else with its stack trace, as it is a bug.
 */
final class FailureReport implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    String name = command.getCommandSpec().qualifiedName();
    if (failure instanceof ConfigurationException) {
      command.getErr().println(name + ": " + failure.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    if (failure instanceof IOException) {
      command.getErr().println(name + ": " + failure.getMessage());
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    Logger log = LoggerFactory.getLogger(FailureReport.class);
    log.error("{} failed", name, failure);
    failure.printStackTrace(command.getErr());
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
