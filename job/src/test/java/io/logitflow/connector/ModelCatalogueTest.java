package io.logitflow.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import io.logitflow.classifier.Tensor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ModelCatalogueTest {

  private static final Instant TIME = Instant.parse("2026-02-03T04:05:06.789Z");

  private final ModelCatalogue.Builder topic = new ModelCatalogue.Builder();
  private long offset;

  @Nested
  class WhatTheTopicSays {

    @Test
    void lastRecordOfAKeyCounts() throws Exception {
      version(1);
      version(2);
      alias("champion", 1);
      alias("champion", 2);

      ModelCatalogue catalogue = topic.build();

      assertThat(catalogue.models()).containsExactly("m");
      assertThat(catalogue.versions("m").keySet()).containsExactly(1L, 2L);
      assertThat(catalogue.alias("m", "champion")).hasValue(2);
      assertThat(catalogue.aliasesOf("m", 2)).containsExactly("champion");
      assertThat(catalogue.latest("m").orElseThrow().version()).isEqualTo(2);
      assertThat(catalogue.problems()).isEmpty();
    }

    @Test
    void aliasKeepsWhoWhenAndWhy() {
      alias("champion", 1);

      assertThat(topic.build().aliases("m").get("champion"))
          .isEqualTo(new AliasAssignment("m", "champion", 1, TIME, "ada", "because"));
    }

    @Test
    void tombstonesDelete() throws Exception {
      version(1);
      alias("challenger", 1);
      add("m/alias/challenger", null);
      add("m/version/1", null);

      ModelCatalogue catalogue = topic.build();

      assertThat(catalogue.models()).isEmpty();
      assertThat(catalogue.versions("m")).isEmpty();
      assertThat(catalogue.alias("m", "challenger")).isEmpty();
    }

    @Test
    void numberOfADeletedVersionStaysTaken() throws Exception {
      version(1);
      version(7);
      add("m/version/7", null);

      ModelCatalogue catalogue = topic.build();

      assertThat(catalogue.nextVersion("m")).isEqualTo(8);
      assertThat(catalogue.isTaken("m", 7)).isTrue();
      assertThat(catalogue.isTaken("m", 6)).isFalse();
    }

    @Test
    void unknownModelHasNothingAndBeginsAtOne() {
      ModelCatalogue catalogue = topic.build();

      assertThat(catalogue.nextVersion("m")).isEqualTo(1);
      assertThat(catalogue.latest("m")).isEmpty();
      assertThat(catalogue.aliases("m")).isEmpty();
    }
  }

  @Nested
  class Damage {

    @Test
    void recordThatIsNoModelIsReportedWithItsPlaceAndCountsAsNone() throws Exception {
      version(1);
      add("m/version/1", new byte[] {1, 2, 3});

      ModelCatalogue catalogue = topic.build();

      assertThat(catalogue.version("m", 1)).isEmpty();
      assertThat(catalogue.nextVersion("m")).isEqualTo(2);
      assertThat(catalogue.problems())
          .singleElement()
          .asString()
          .contains("models-0@1", "m/version/1");
    }

    @Test
    void reportGoesWhenTheRecordIsReplaced() throws Exception {
      add("m/version/1", new byte[] {1, 2, 3});
      version(1);

      assertThat(topic.build().problems()).isEmpty();
    }

    @Test
    void keyThatContradictsItsValueIsReported() throws Exception {
      add("m/version/2", ModelContainer.encode(model(1)));
      add("other/alias/champion", assignment("champion", 1).encode());

      ModelCatalogue catalogue = topic.build();

      assertThat(catalogue.versions("m")).isEmpty();
      assertThat(catalogue.alias("other", "champion")).isEmpty();
      assertThat(catalogue.problems())
          .satisfiesExactly(
              first -> assertThat(first).contains("m/version/2", "version 1 of model 'm'"),
              second -> assertThat(second).contains("other/alias/champion", "model 'm'"));
    }

    @Test
    void strangeKeysAreReported() {
      add("nonsense", new byte[0]);
      topic.add("models-0@1", null, new byte[0]);

      assertThat(topic.build().problems()).hasSize(2).allMatch(line -> line.contains("models-0@"));
    }
  }

  @Nested
  class Moves {

    @Test
    void firstPromotionHasNoPrevious() throws Exception {
      version(1);

      assertThat(topic.build().promotion("m", 1)).containsExactly(move("champion", none(), to(1)));
    }

    @Test
    void promotionKeepsTheOldChampionAsPreviousAndEndsItsChallenge() throws Exception {
      version(1);
      version(2);
      alias("champion", 1);
      alias("challenger", 2);

      assertThat(topic.build().promotion("m", 2))
          .containsExactly(
              move("previous", none(), to(1)),
              move("champion", to(1), to(2)),
              move("challenger", to(2), none()));
    }

    @Test
    void promotionLeavesAnotherChallengerAlone() throws Exception {
      version(1);
      version(2);
      version(3);
      alias("champion", 1);
      alias("challenger", 3);

      assertThat(topic.build().promotion("m", 2))
          .extracting(AliasMove::alias)
          .containsExactly("previous", "champion");
    }

    @Test
    void promotionOfTheChampionChangesNothing() throws Exception {
      version(1);
      alias("champion", 1);

      assertThat(topic.build().promotion("m", 1)).isEmpty();
    }

    @Test
    void championThatIsGoneDoesNotBecomePrevious() throws Exception {
      version(1);
      version(3);
      alias("champion", 2);
      alias("previous", 1);

      assertThat(topic.build().promotion("m", 3)).containsExactly(move("champion", to(2), to(3)));
    }

    @Test
    void aRecalibrationKeepsThePreviousChampionOfOtherWeights() throws Exception {
      version(1);
      version(2);
      recalibrated(3, 2);
      alias("champion", 2);
      alias("previous", 1);

      assertThat(topic.build().promotion("m", 3)).containsExactly(move("champion", to(2), to(3)));
    }

    @Test
    void aRecalibrationWithoutOtherWeightsToKeepCanBeTakenBack() throws Exception {
      version(1);
      recalibrated(2, 1);
      recalibrated(3, 1);
      alias("champion", 2);
      alias("previous", 1);

      assertThat(topic.build().promotion("m", 3))
          .containsExactly(move("previous", to(1), to(2)), move("champion", to(2), to(3)));
    }

    @Test
    void rollbackExchangesChampionAndPrevious() throws Exception {
      version(1);
      version(2);
      alias("champion", 2);
      alias("previous", 1);

      assertThat(topic.build().rollback("m"))
          .containsExactly(move("previous", to(1), to(2)), move("champion", to(2), to(1)));
    }

    @Test
    void rollbackWithoutPreviousIsRefused() throws Exception {
      version(4);
      alias("champion", 4);

      assertThatThrownBy(() -> topic.build().rollback("m"))
          .isInstanceOf(ModelTopicException.class)
          .hasMessage(
              "Model 'm' has no previous champion to roll back to; promote a version instead (4)");
    }

    @Test
    void rollbackToADeletedVersionIsRefused() throws Exception {
      version(2);
      alias("champion", 2);
      alias("previous", 1);

      assertThatThrownBy(() -> topic.build().rollback("m"))
          .isInstanceOf(ModelTopicException.class)
          .hasMessage("Model 'm' has no version 1; it has 2");
    }

    @Test
    void promotedChallengerLosesTheAliasItHas() throws Exception {
      version(1);
      version(2);
      alias("champion", 1);
      alias("challenger-blue", 2);
      alias("challenger", 1);

      assertThat(topic.build().promotion("m", 2))
          .containsExactly(
              move("previous", none(), to(1)),
              move("champion", to(1), to(2)),
              move("challenger-blue", to(2), none()));
    }

    @Test
    void aClaimTakesNothingFromAnotherVersion() throws Exception {
      version(1);
      version(2);
      version(3);
      alias("champion", 1);
      alias("challenger", 2);

      ModelCatalogue catalogue = topic.build();

      assertThatThrownBy(() -> catalogue.claim("m", "champion", 3))
          .isInstanceOf(AliasTakenException.class)
          .hasMessage("Version 1 is the champion of model 'm' already");
      assertThatThrownBy(() -> catalogue.claim("m", "challenger", 3))
          .isInstanceOf(AliasTakenException.class)
          .hasMessage("Version 2 is the challenger of model 'm' already");
      assertThat(catalogue.claim("m", "champion", 1)).isEmpty();
      assertThat(catalogue.claim("m", "challenger", 2)).isEmpty();
      assertThat(catalogue.claim("m", "challenger-b", 3))
          .containsExactly(move("challenger-b", none(), to(3)));
      assertThat(catalogue.claim("m", "challenger-b", 1)).isEmpty();
    }

    @Test
    void whatADeletedVersionHadIsFreeToClaim() throws Exception {
      version(2);
      alias("champion", 1);
      alias("challenger", 1);

      ModelCatalogue catalogue = topic.build();

      assertThat(catalogue.claim("m", "champion", 2))
          .containsExactly(move("champion", to(1), to(2)));
      assertThat(catalogue.claim("m", "challenger", 2))
          .containsExactly(move("challenger", to(1), to(2)));
    }

    @Test
    void challengerMustNotBeTheChampion() throws Exception {
      version(1);
      version(2);
      alias("champion", 1);
      ModelCatalogue catalogue = topic.build();

      assertThat(catalogue.challenge("m", "challenger", 2))
          .containsExactly(move("challenger", none(), to(2)));
      assertThatThrownBy(() -> catalogue.challenge("m", "challenger", 1))
          .isInstanceOf(ModelTopicException.class)
          .hasMessageContaining("is the champion");
    }
  }

  @Nested
  class References {

    @Test
    void numberOrAliasNamesAVersion() throws Exception {
      version(1);
      version(2);
      alias("challenger", 2);
      ModelCatalogue catalogue = topic.build();

      assertThat(catalogue.find("m", "1").version()).isEqualTo(1);
      assertThat(catalogue.find("m", "challenger").version()).isEqualTo(2);
    }

    @Test
    void whatIsMissingIsNamedWithWhatThereIs() throws Exception {
      version(1);
      version(2);
      alias("champion", 2);
      ModelCatalogue catalogue = topic.build();

      assertThatThrownBy(() -> catalogue.find("n", "1"))
          .hasMessage("There is no model 'n'; there are: m");
      assertThatThrownBy(() -> catalogue.find("m", "3"))
          .hasMessage("Model 'm' has no version 3; it has 1, 2");
      assertThatThrownBy(() -> catalogue.find("m", "previous"))
          .hasMessage("Model 'm' has no alias 'previous'; it has champion");
    }
  }

  private void version(long version) throws InvalidModelException {
    add("m/version/" + version, ModelContainer.encode(model(version)));
  }

  /** A version with the weights of another one. */
  private void recalibrated(long version, long of) throws InvalidModelException {
    add("m/version/" + version, ModelContainer.encode(model(of).withVersion(version)));
  }

  private void alias(String alias, long version) {
    add("m/alias/" + alias, assignment(alias, version).encode());
  }

  private void add(String key, byte[] value) {
    topic.add("models-0@" + offset++, key.getBytes(UTF_8), value);
  }

  private static AliasAssignment assignment(String alias, long version) {
    return new AliasAssignment("m", alias, version, TIME, "ada", "because");
  }

  private static Model model(long version) throws InvalidModelException {
    Tensor weight = Tensor.float32(new float[] {1, 2, 3, version}, 2, 2);
    return Model.builder()
        .name("m")
        .version(version)
        .createdAt(TIME)
        .layers(List.of(new LinearLayer(weight, Optional.empty())))
        .build();
  }

  private static AliasMove move(String alias, OptionalLong from, OptionalLong to) {
    return new AliasMove(alias, from, to);
  }

  private static OptionalLong to(long version) {
    return OptionalLong.of(version);
  }

  private static OptionalLong none() {
    return OptionalLong.empty();
  }
}
