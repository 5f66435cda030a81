package io.logitflow.config;

import io.logitflow.classifier.Model;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/**
 * The values that an option accepts.
 *
 * @param text for people, as in "1 to 65536"
 * @param test whether a value is one of them
 */
record Accepted<T>(String text, Predicate<T> test) {

  /** Kafka's own rule for the name of a topic. */
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

  private static final Pattern MODEL_REFERENCE =
      Pattern.compile("[1-9][0-9]{0,17}|[a-z][a-z0-9-]{0,49}");

  private static final Pattern SERVER =
      Pattern.compile("(?:[^\\s:,\\[\\]]+|\\[[0-9A-Fa-f:.%]+\\]):([0-9]{1,5})");

  static Accepted<Integer> between(int least, int greatest) {
    return new Accepted<>(least + " to " + greatest, n -> n >= least && n <= greatest);
  }

  static Accepted<Long> between(long least, long greatest) {
    return new Accepted<>(least + " to " + greatest, n -> n >= least && n <= greatest);
  }

  static Accepted<Double> between(double least, double greatest) {
    return new Accepted<>(text(least) + " to " + text(greatest), x -> x >= least && x <= greatest);
  }

  private static String text(double value) {
    return value == Math.rint(value) && value < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  static Accepted<Duration> between(Duration least, Duration greatest) {
    return new Accepted<>(
        TimeUtils.formatWithHighestUnit(least) + " to " + TimeUtils.formatWithHighestUnit(greatest),
        d -> d.compareTo(least) >= 0 && d.compareTo(greatest) <= 0);
  }

  static Accepted<MemorySize> between(MemorySize least, MemorySize greatest) {
    return new Accepted<>(
        least + " to " + greatest, s -> s.compareTo(least) >= 0 && s.compareTo(greatest) <= 0);
  }

  static Accepted<Boolean> bool() {
    return new Accepted<>("true or false", b -> true);
  }

  static <E extends Enum<E>> Accepted<E> oneOf(Class<E> type) {
    String text =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return new Accepted<>("one of " + text, constant -> true);
  }

  static Accepted<String> topic() {
    return new Accepted<>(
        "a topic name: 1 to 249 letters, digits, '.', '_' and '-'",
        t -> TOPIC.matcher(t).matches() && !t.equals(".") && !t.equals(".."));
  }

  static Accepted<String> topicPrefix() {
    return new Accepted<>(
        "the beginning of a topic name: letters, digits, '.', '_' and '-', or nothing",
        t -> t.isEmpty() || TOPIC.matcher(t).matches());
  }

  static Accepted<String> modelName() {
    return new Accepted<>("1 to 200 letters, digits, '.', '_' and '-'", Model::isName);
  }

  /** Kafka takes any text; this one stays readable in its tools and access rules. */
  static Accepted<String> transactionalIdPrefix() {
    return new Accepted<>(
        "1 to 249 letters, digits, '.', '_' and '-'", n -> TOPIC.matcher(n).matches());
  }

  static Accepted<String> classNames() {
    return new Accepted<>(
        "2 to 4096 different names, separated by commas",
        list -> {
          List<String> names = ClassNameList.parse(list);
          return names.size() >= 2
              && names.size() <= 4096
              && names.stream().noneMatch(String::isEmpty)
              && names.stream().distinct().count() == names.size();
        });
  }

  static Accepted<String> units() {
    return new Accepted<>(
        "1 to 16 numbers of units, each 1 to 65536, separated by commas; or nothing",
        list -> parses(() -> UnitList.parse(list)) && UnitList.parse(list).size() <= 16);
  }

  static Accepted<String> championOrVersion() {
    return new Accepted<>(
        "champion or the number of a version",
        name -> name.equals(DistillationConfig.CHAMPION) || VERSION.matcher(name).matches());
  }

  static Accepted<String> servers() {
    return new Accepted<>(
        "host:port, several separated by commas",
        list -> Arrays.stream(list.split(",", -1)).map(String::strip).allMatch(Accepted::isServer));
  }

  static Accepted<String> fieldName() {
    return new Accepted<>("the name of a field", f -> !f.isBlank());
  }

  static Accepted<String> files() {
    return new Accepted<>("files with Avro schemas, separated by commas", f -> !f.isBlank());
  }

  static Accepted<String> httpAddress() {
    return new Accepted<>("an http or https address", Accepted::isHttpAddress);
  }

  static Accepted<String> startingPoint() {
    return new Accepted<>(StartingPoint.SYNTAX, text -> parses(() -> StartingPoint.parse(text)));
  }

  static Accepted<String> endPoint() {
    return new Accepted<>(EndPoint.SYNTAX, text -> parses(() -> EndPoint.parse(text)));
  }

  static Accepted<String> modelReferences() {
    return new Accepted<>(
        "versions or aliases, separated by commas",
        list ->
            Arrays.stream(list.split(",", -1))
                .allMatch(name -> MODEL_REFERENCE.matcher(name.strip()).matches()));
  }

  private static boolean isServer(String text) {
    var matcher = SERVER.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    int port = Integer.parseInt(matcher.group(1));
    return port >= 1 && port <= 65535;
  }

  private static boolean isHttpAddress(String text) {
    try {
      URI address = URI.create(text);
      boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      return http && address.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean parses(Supplier<?> parser) {
    try {
      var unused = parser.get();
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
