package io.logitflow.benchmarks.latency;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What is compared: a program with options.
 *
 * <p>Those with a name of their own, apart from {@code defaults}, do not let producers linger, so
 * that the delay of micro-batches is seen alone.
 *
 * @param name in reports
 * @param program what runs
 * @param options options of the scoring job, {@code key=value}; the other programs take the
 *     properties of Kafka's clients from them
 */
record LatencyVariant(String name, Program program, List<String> options) {

  /** What ratios are taken to. */
  static final String RAW = "raw";

  private static final String NO_LINGER = "producer.linger.ms=0";
  private static final Pattern DELAY = Pattern.compile("delay-(\\d{1,5})");
  private static final Pattern CUSTOM =
      Pattern.compile("(passthrough:)?([a-z0-9][a-z0-9.-]{0,40})=(.+)");

  LatencyVariant {
    options = List.copyOf(options);
  }

  /**
   * The same with further options, which win. The raw loop stays as it is: all else is compared
   * with it.
   */
  LatencyVariant with(List<String> further) {
    if (program == Program.RAW) {
      return this;
    }
    List<String> all = new ArrayList<>(options);
    all.addAll(further);
    return new LatencyVariant(name, program, all);
  }

  /** Reads the name of a variant, or {@code name=key=value;key=value} for one of the user's own. */
  static final class Converter implements ITypeConverter<LatencyVariant> {
    @Override
    public LatencyVariant convert(String text) {
      Matcher delay = DELAY.matcher(text);
      Matcher custom = CUSTOM.matcher(text);
      if (custom.matches()) {
        Program program = custom.group(1) == null ? Program.JOB : Program.PASSTHROUGH;
        List<String> options = List.of(custom.group(3).split(";"));
        for (String option : options) {
          if (option.indexOf('=') < 1) {
            throw new TypeConversionException(
                "'%s' in '%s', expected key=value".formatted(option, text));
          }
        }
        return new LatencyVariant(custom.group(2), program, options);
      }
      if (delay.matches()) {
        return delay(text, Integer.parseInt(delay.group(1)));
      }
      return switch (text) {
        case RAW -> new LatencyVariant(text, Program.RAW, List.of(NO_LINGER));
        case "passthrough" -> new LatencyVariant(text, Program.PASSTHROUGH, List.of(NO_LINGER));
        case "defaults" -> new LatencyVariant(text, Program.JOB, List.of());
        case "adaptive" ->
            new LatencyVariant(
                text, Program.JOB, List.of(NO_LINGER, "micro-batch-flush-when-idle=true"));
        default ->
            throw new TypeConversionException(
                "'%s', expected raw, passthrough, defaults, adaptive, delay-MILLISECONDS or NAME=key=value;key=value"
                    .formatted(text));
      };
    }

    /** The job has no delay of 0: a micro-batch that is full with its first record is the same. */
    private static LatencyVariant delay(String name, int millis) {
      return new LatencyVariant(
          name,
          Program.JOB,
          List.of(
              NO_LINGER,
              "micro-batch-flush-when-idle=false",
              millis == 0 ? "micro-batch-size=1" : "micro-batch-delay=" + millis + "ms"));
    }
  }
}
