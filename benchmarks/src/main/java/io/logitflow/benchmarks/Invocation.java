package io.logitflow.benchmarks;

import picocli.CommandLine.Model.CommandSpec;

/** Says how a benchmark was called. */
public final class Invocation {

  private Invocation() {}

  /** The command that repeats it: {@code benchmarks/pipeline --rounds 3}. */
  public static String of(CommandSpec spec) {
    String arguments = String.join(" ", spec.commandLine().getParseResult().originalArgs());
    return ("benchmarks/" + spec.name() + " " + arguments).trim();
  }
}
