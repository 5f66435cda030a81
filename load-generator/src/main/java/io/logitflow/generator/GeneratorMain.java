package io.logitflow.generator;

import picocli.CommandLine;

/** Runs the load generator alone. */
public final class GeneratorMain {
  private GeneratorMain() {}

  /** Runs the command with its options and exits: 0 sent, 1 cannot send, 2 bad options or data. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GenerateCommand()).execute(args));
  }
}
