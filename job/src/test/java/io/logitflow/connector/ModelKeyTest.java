package io.logitflow.connector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelKeyTest {

  @Test
  void aVersionIsReadAndWritten() {
    ModelKey.Version key = new ModelKey.Version("fashion.v2_a-b", 17);

    assertThat(key.format()).isEqualTo("fashion.v2_a-b/version/17");
    assertThat(ModelKey.parse(key.format())).contains(key);
  }

  @Test
  void anAliasIsReadAndWritten() {
    ModelKey.Alias key = new ModelKey.Alias("m", ModelKey.CHALLENGER);

    assertThat(key.format()).isEqualTo("m/alias/challenger");
    assertThat(ModelKey.parse(key.format())).contains(key);
  }

  @Test
  void aChallengerMayHaveAName() {
    ModelKey.Alias key = new ModelKey.Alias("m", ModelKey.challenger("blue-2"));

    assertThat(key.format()).isEqualTo("m/alias/challenger-blue-2");
    assertThat(ModelKey.parse(key.format())).contains(key);
    assertThat(ModelKey.isChallenger(key.alias())).isTrue();
    assertThat(ModelKey.isChallenger("challengers")).isFalse();
  }

  @Test
  void theLargestVersionOf18DigitsIsOne() {
    assertThat(ModelKey.parse("m/version/999999999999999999"))
        .contains(new ModelKey.Version("m", 999_999_999_999_999_999L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "m",
        "m/version",
        "m/version/",
        "m/version/0",
        "m/version/-1",
        "m/version/01",
        "m/version/1 ",
        "m/version/1\n",
        "m/version/x",
        "m/version/9999999999999999999",
        "m/alias/",
        "m/alias/Champion",
        "m/alias/champion/1",
        "m/other/1",
        "/version/1",
        "a b/version/1",
        "a/b/version/1"
      })
  void otherTextIsNoKey(String text) {
    assertThat(ModelKey.parse(text)).isEmpty();
  }
}
