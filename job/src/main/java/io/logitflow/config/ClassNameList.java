package io.logitflow.config;

import java.util.Arrays;
import java.util.List;

/** Names of classes as an option has them: separated by commas. */
final class ClassNameList {

  private ClassNameList() {}

  static List<String> parse(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }
}
