package io.logitflow.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import io.logitflow.connector.ConsumedRecord;
import io.logitflow.connector.ModelKey;
import io.logitflow.schema.DeadLetterReason;
import io.logitflow.schema.ModelAlias;
import io.logitflow.schema.SingleObjects;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ServingModelsTest {

  private static final String MODEL = "m";
  private static final String TOPIC = "models";
  private static final String CHAMPION = ModelKey.CHAMPION;
  private static final String CHALLENGER = ModelKey.CHALLENGER;

  private final TestingModelLoading loading = new TestingModelLoading();
  private final TestingMemory memory = new TestingMemory();
  private final List<String> events = new ArrayList<>();
  private boolean settledWithChampion;
  private boolean settledWithoutChampion;
  private final ServingModels models =
      new ServingModels(MODEL, TOPIC, true, memory, loading, new RecordedEvents());

  private long nextOffset;

  @Nested
  class WhileTheTopicsPastRunsBy {

    @Test
    void noAliasIsFollowed() throws Exception {
      version(1);
      alias(CHAMPION, 1);

      assertThat(loading.asked()).isEmpty();
      assertThat(models.lacksChampion()).isFalse();
    }

    @Test
    void anAliasForAVersionThatIsMissingYetIsNotReported() throws Exception {
      alias(CHAMPION, 1);
      version(1);
      models.caughtUp();
      loading.finishAll();

      assertThat(events).containsExactly("before change", "champion 1");
    }

    @Test
    void onlyTheLastChampionIsLoadedAfterIt() throws Exception {
      for (int version = 1; version <= 3; version++) {
        version(version);
        alias(CHAMPION, version);
      }
      models.caughtUp();
      loading.finishAll();

      assertThat(events).containsExactly("before change", "champion 3");
      assertThat(loading.asked()).containsExactly("champion as CHAMPION");
    }
  }

  @Nested
  class AClassifierIsClosed {

    @Test
    void whenAnotherTakesItsPlace() throws Exception {
      version(1);
      version(2);
      alias(CHAMPION, 1);
      models.caughtUp();
      loading.finishAll();
      alias(CHAMPION, 2);
      loading.finishAll();

      assertThat(loading.timesClosed()).containsExactly(1, 0);
    }

    @Test
    void whenAChallengerIsWithdrawn() throws Exception {
      version(1);
      version(2);
      alias(CHAMPION, 1);
      alias(CHALLENGER, 2);
      models.caughtUp();
      loading.finishAll();
      accept(new ModelKey.Alias(MODEL, CHALLENGER), null);

      assertThat(loading.timesClosed()).containsExactly(0, 1);
    }

    @Test
    void onceAtTheEnd() throws Exception {
      version(1);
      alias(CHAMPION, 1);
      models.caughtUp();
      loading.finishAll();
      models.close();
      models.close();

      assertThat(loading.timesClosed()).containsExactly(1);
    }
  }

  @Nested
  class WithoutAChampion {

    @Test
    void anEmptyTopicLacksOne() throws Exception {
      models.caughtUp();

      assertThat(models.lacksChampion()).isTrue();
      assertThat(models.serving(CHAMPION)).isNull();
    }

    @Test
    void oneThatIsBeingLoadedIsNotLacking() throws Exception {
      version(1);
      alias(CHAMPION, 1);
      models.caughtUp();

      assertThat(loading.isLoading()).isTrue();
      assertThat(models.lacksChampion()).isFalse();
    }

    @Test
    void aRefusedOneIsLacking() throws Exception {
      garbage(1);
      alias(CHAMPION, 1);
      models.caughtUp();
      loading.finishAll();

      assertThat(models.lacksChampion()).isTrue();
      assertThat(events).hasSize(1);
      assertThat(events.get(0)).startsWith("refused models-0@0 MODEL_REFUSED champion: ");
      assertThat(settledWithoutChampion).isTrue();
    }

    @Test
    void aRefusedOneIsNotLackingIfTheAliasHasMovedOn() throws Exception {
      garbage(1);
      version(2);
      alias(CHAMPION, 1);
      models.caughtUp();
      alias(CHAMPION, 2);
      loading.finishAll();

      assertThat(served(CHAMPION)).isEqualTo(2);
      assertThat(settledWithoutChampion).isFalse();
    }

    @Test
    void nothingIsSettledBeforeTheChallengerServes() throws Exception {
      version(1);
      version(2);
      alias(CHAMPION, 1);
      alias(CHALLENGER, 2);
      models.caughtUp();
      loading.finishOne();
      assertThat(served(CHAMPION)).isEqualTo(1);
      assertThat(settledWithChampion).isFalse();

      loading.finishOne();
      assertThat(served(CHALLENGER)).isEqualTo(2);
      assertThat(settledWithChampion).isTrue();
    }

    @Test
    void aChallengerWaitsForOne() throws Exception {
      version(1);
      version(2);
      alias(CHALLENGER, 2);
      models.caughtUp();
      assertThat(loading.asked()).isEmpty();

      alias(CHAMPION, 1);
      loading.finishAll();
      assertThat(loading.asked())
          .containsExactly("champion as CHAMPION", "challenger as CHALLENGER");
      assertThat(served(CHALLENGER)).isEqualTo(2);
    }
  }

  @Nested
  class WithAChampion {

    @Test
    void anotherOneTakesOver() throws Exception {
      serveChampion(1);
      version(2);
      assertThat(served(CHAMPION)).isEqualTo(1);

      alias(CHAMPION, 2);
      assertThat(served(CHAMPION)).as("while the next one is loaded").isEqualTo(1);

      loading.finishAll();
      assertThat(served(CHAMPION)).isEqualTo(2);
      assertThat(events)
          .containsExactly("before change", "champion 1", "before change", "champion 2");
      assertThat(memory.versionOf(CHAMPION)).isEqualTo(2);
    }

    @Test
    void theSameAliasAgainLoadsNothing() throws Exception {
      serveChampion(1);
      alias(CHAMPION, 1);

      assertThat(loading.isLoading()).isFalse();
    }

    @Test
    void rollingBackLoadsTheVersionBefore() throws Exception {
      serveChampion(1);
      serveChampion(2);
      alias(CHAMPION, 1);
      loading.finishAll();

      assertThat(served(CHAMPION)).isEqualTo(1);
    }

    @Test
    void anAliasThatMovesOnDuringTheLoadingIsFollowedAfterIt() throws Exception {
      serveChampion(1);
      version(2);
      version(3);
      alias(CHAMPION, 2);
      alias(CHAMPION, 3);
      assertThat(loading.asked()).as("one at a time").hasSize(2);

      loading.finishAll();
      assertThat(served(CHAMPION)).isEqualTo(3);
    }

    @Test
    void anAliasThatMovesOnFromABadVersionDuringItsLoadingIsFollowed() throws Exception {
      serveChampion(1);
      garbage(2);
      version(3);
      alias(CHAMPION, 2);
      alias(CHAMPION, 3);
      loading.finishAll();

      assertThat(served(CHAMPION)).isEqualTo(3);
    }

    @Test
    void aDeletedVersionGoesOnServing() throws Exception {
      serveChampion(1);
      accept(new ModelKey.Version(MODEL, 1), null);

      assertThat(served(CHAMPION)).isEqualTo(1);
    }

    @Test
    void aDeletedAliasLeavesTheLastChampionServing() throws Exception {
      serveChampion(1);
      accept(new ModelKey.Alias(MODEL, CHAMPION), null);

      assertThat(served(CHAMPION)).isEqualTo(1);
      assertThat(memory.versionOf(CHAMPION)).isEqualTo(1);
    }

    @Test
    void aDeletedAliasEndsTheChallenger() throws Exception {
      serveChampion(1);
      version(2);
      alias(CHALLENGER, 2);
      loading.finishAll();
      assertThat(memory.versionOf(CHALLENGER)).isEqualTo(2);

      accept(new ModelKey.Alias(MODEL, CHALLENGER), null);
      assertThat(models.serving(CHALLENGER)).isNull();
      assertThat(memory.get(CHALLENGER)).isNull();
      assertThat(events).endsWith("before change", "challenger none");
    }

    @Test
    void aChallengerThatIsWithdrawnWhileItIsLoadedDoesNotServe() throws Exception {
      serveChampion(1);
      version(2);
      alias(CHALLENGER, 2);
      accept(new ModelKey.Alias(MODEL, CHALLENGER), null);
      loading.finishAll();

      assertThat(models.serving(CHALLENGER)).isNull();
    }

    @Test
    void otherModelsAreNotItsBusiness() throws Exception {
      serveChampion(1);
      accept(
          new ModelKey.Version("other", 2),
          ModelContainer.encode(TestingModels.square("other", 2, 3)));
      accept(new ModelKey.Alias("other", CHAMPION), aliasValue(CHAMPION, 2));

      assertThat(loading.isLoading()).isFalse();
      assertThat(events).hasSize(2);
    }
  }

  @Nested
  class ThePreviousChampion {

    private static final String PREVIOUS = ModelKey.PREVIOUS;

    private List<Long> shadows() {
      return models.shadows().stream().map(shadow -> shadow.model().version()).toList();
    }

    private void versionOfOtherWeights(long version) throws Exception {
      version(
          TestingModels.square(
              MODEL, version, List.of("class-0", "class-1", "class-2"), (float) version),
          version);
    }

    private void serve() throws Exception {
      version(1);
      versionOfOtherWeights(2);
      alias(CHAMPION, 1);
      alias(PREVIOUS, 2);
      models.caughtUp();
      loading.finishAll();
    }

    @Test
    void isScoredAsAChallengerIs() throws Exception {
      serve();

      assertThat(loading.asked()).containsExactly("champion as CHAMPION", "previous as CHALLENGER");
      assertThat(shadows()).containsExactly(2L);
    }

    @Test
    void comesAfterTheChallengersAndOnceIfItIsOne() throws Exception {
      serve();
      versionOfOtherWeights(3);
      alias("challenger-z", 3);
      loading.finishAll();
      assertThat(shadows()).containsExactly(3L, 2L);

      alias(CHALLENGER, 2);
      loading.finishAll();
      assertThat(shadows()).containsExactly(2L, 3L);
    }

    @Test
    void isNotScoredWithTheWeightsOfTheChampion() throws Exception {
      serve();
      version(4);
      alias(PREVIOUS, 4);
      loading.finishAll();

      assertThat(served(PREVIOUS)).isEqualTo(4);
      assertThat(shadows()).isEmpty();
    }

    @Test
    void takesOverFromTheChampionWhenThatIsReplaced() throws Exception {
      serve();
      versionOfOtherWeights(3);
      alias(PREVIOUS, 1);
      alias(CHAMPION, 3);
      loading.finishAll();

      assertThat(served(CHAMPION)).isEqualTo(3);
      assertThat(shadows()).containsExactly(1L);
    }

    @Test
    void comesBackAfterARestart() throws Exception {
      remember(CHAMPION, 5);
      memory.put(
          PREVIOUS,
          ModelContainer.encode(
              TestingModels.square(MODEL, 4, List.of("class-0", "class-1", "class-2"), 4)));
      models.restore();
      loading.finishAll();

      assertThat(loading.asked()).containsExactly("champion as CHAMPION", "previous as CHALLENGER");
      assertThat(shadows()).containsExactly(4L);
    }

    @Test
    void isForgottenByAJobThatIsNotToScoreIt() throws Exception {
      ServingModels without =
          new ServingModels(MODEL, TOPIC, false, memory, loading, new RecordedEvents());
      remember(CHAMPION, 5);
      remember(PREVIOUS, 4);
      without.restore();
      loading.finishAll();

      assertThat(loading.asked()).containsExactly("champion as CHAMPION");
      assertThat(memory.aliases()).containsExactly(CHAMPION);
    }
  }

  @Nested
  class WhatIsRefused {

    @Test
    void leavesTheVersionBeforeServing() throws Exception {
      serveChampion(1);
      garbage(2);
      alias(CHAMPION, 2);
      loading.finishAll();

      assertThat(served(CHAMPION)).isEqualTo(1);
      assertThat(memory.versionOf(CHAMPION)).isEqualTo(1);
      assertThat(lastEvent()).startsWith("refused models-0@2 MODEL_REFUSED champion: ");
    }

    @Test
    void isNotTriedAgainWhenTheAliasComesAgain() throws Exception {
      serveChampion(1);
      garbage(2);
      alias(CHAMPION, 2);
      loading.finishAll();
      int reported = events.size();
      alias(CHAMPION, 2);
      loading.finishAll();

      assertThat(loading.asked()).hasSize(2);
      assertThat(events).hasSize(reported);
    }

    @Test
    void isTriedAgainWhenTheVersionComesAgain() throws Exception {
      serveChampion(1);
      garbage(2);
      alias(CHAMPION, 2);
      loading.finishAll();
      version(2);
      loading.finishAll();

      assertThat(served(CHAMPION)).isEqualTo(2);
    }

    @Test
    void aMissingVersionIsReportedOnceAndServesWhenItComes() throws Exception {
      serveChampion(1);
      alias(CHAMPION, 2);
      alias(CHAMPION, 2);
      assertThat(events).hasSize(3);
      assertThat(lastEvent())
          .isEqualTo(
              "refused models-0@2 UNKNOWN_MODEL_VERSION champion: there is no version 2 on"
                  + " models");

      version(2);
      loading.finishAll();
      assertThat(served(CHAMPION)).isEqualTo(2);
    }

    @Test
    void otherFeaturesThanTheChampionHas() throws Exception {
      serveChampion(1);
      version(TestingModels.square(MODEL, 2, 4), 2);
      alias(CHAMPION, 2);
      loading.finishAll();

      assertThat(served(CHAMPION)).isEqualTo(1);
      assertThat(lastEvent()).endsWith("champion: 4 features, the champion has 3");
    }

    @Test
    void otherClassesThanTheChampionHas() throws Exception {
      serveChampion(1);
      version(TestingModels.square(MODEL, 2, List.of("a", "b", "c")), 2);
      alias(CHALLENGER, 2);
      loading.finishAll();

      assertThat(models.serving(CHALLENGER)).isNull();
      assertThat(lastEvent())
          .endsWith("challenger: classes [a, b, c], the champion has [class-0, class-1, class-2]");
      assertThat(loading.timesClosed()).containsExactly(0, 1);
    }

    @Test
    void aContainerOfAnotherVersionIsLoadedOnceAndNotForEver() throws Exception {
      serveChampion(1);
      version(TestingModels.square(MODEL, 7, 3), 2);
      alias(CHAMPION, 2);
      loading.finishAll();

      assertThat(served(CHAMPION)).isEqualTo(1);
      assertThat(lastEvent()).endsWith("champion: the container says version 7, its key 2");
    }

    @Test
    void aContainerOfAnotherModel() throws Exception {
      version(TestingModels.square("other", 1, 3), 1);
      alias(CHAMPION, 1);
      models.caughtUp();
      loading.finishAll();

      assertThat(models.serving(CHAMPION)).isNull();
      assertThat(lastEvent()).endsWith("champion: the container says model other, its key m");
    }

    @Test
    void aKeyThatIsNone() throws Exception {
      models.accept(record("m/version/x", new byte[] {1}));
      models.accept(new ConsumedRecord(TOPIC, 0, 8, 0, null, new byte[] {1}));

      assertThat(events)
          .containsExactly(
              "refused models-0@0 MALFORMED key 'm/version/x', expected <model>/version/<version>"
                  + " or <model>/alias/<alias>",
              "refused models-0@8 MALFORMED key '', expected <model>/version/<version> or"
                  + " <model>/alias/<alias>");
    }

    @Test
    void anAliasThatIsNoneLeavesItWhereItWas() throws Exception {
      serveChampion(1);
      accept(new ModelKey.Alias(MODEL, CHAMPION), new byte[] {1, 2, 3});

      assertThat(served(CHAMPION)).isEqualTo(1);
      assertThat(lastEvent())
          .startsWith("refused models-0@2 MALFORMED m/alias/champion is no ModelAlias: ");
    }
  }

  @Nested
  class AfterARestart {

    @Test
    void whatWasInForceServesBeforeTheTopicIsRead() throws Exception {
      remember(CHAMPION, 5);
      remember(CHALLENGER, 6);
      models.restore();
      loading.finishAll();

      assertThat(loading.asked())
          .containsExactly("champion as CHAMPION", "challenger as CHALLENGER");
      assertThat(served(CHAMPION)).isEqualTo(5);
      assertThat(served(CHALLENGER)).isEqualTo(6);
    }

    @Test
    void anEmptyTopicTakesNothingBack() throws Exception {
      remember(CHAMPION, 5);
      models.restore();
      loading.finishAll();
      models.caughtUp();

      assertThat(served(CHAMPION)).isEqualTo(5);
      assertThat(models.lacksChampion()).isFalse();
    }

    @Test
    void theVersionInForceIsNotLoadedAgain() throws Exception {
      remember(CHAMPION, 5);
      models.restore();
      loading.finishAll();
      version(5);
      alias(CHAMPION, 5);
      models.caughtUp();

      assertThat(loading.asked()).hasSize(1);
    }

    @Test
    void aChampionThatWasNamedMeanwhileTakesOver() throws Exception {
      remember(CHAMPION, 5);
      models.restore();
      version(6);
      alias(CHAMPION, 6);
      models.caughtUp();
      assertThat(loading.asked()).as("the old one first").hasSize(1);
      loading.finishAll();

      assertThat(events)
          .containsExactly("before change", "champion 5", "before change", "champion 6");
    }

    @Test
    void aChallengerThatWasWithdrawnMeanwhileEnds() throws Exception {
      remember(CHAMPION, 5);
      remember(CHALLENGER, 6);
      models.restore();
      version(5);
      alias(CHAMPION, 5);
      loading.finishAll();
      models.caughtUp();

      assertThat(served(CHAMPION)).isEqualTo(5);
      assertThat(models.serving(CHALLENGER)).isNull();
    }

    @Test
    void severalChallengersComeBackAndGo() throws Exception {
      remember(CHAMPION, 5);
      remember("challenger-b", 7);
      remember("challenger-a", 6);
      models.restore();
      loading.finishAll();
      assertThat(models.shadows())
          .extracting(challenger -> challenger.model().version())
          .containsExactly(6L, 7L);

      version(5);
      version(7);
      version(8);
      alias(CHAMPION, 5);
      alias("challenger-b", 7);
      alias(CHALLENGER, 8);
      models.caughtUp();
      loading.finishAll();
      assertThat(models.shadows())
          .extracting(challenger -> challenger.model().version())
          .containsExactly(8L, 7L);
      assertThat(memory.aliases()).containsExactlyInAnyOrder(CHAMPION, CHALLENGER, "challenger-b");
    }

    @Test
    void stateThatCannotBeReadGivesWayToTheTopic() throws Exception {
      memory.put(CHAMPION, new byte[] {1, 2, 3});
      models.restore();
      version(6);
      alias(CHAMPION, 6);
      models.caughtUp();
      loading.finishAll();

      assertThat(served(CHAMPION)).isEqualTo(6);
      assertThat(events.get(0)).startsWith("refused models--1@-1 MODEL_REFUSED champion: ");
    }
  }

  private void serveChampion(long version) throws Exception {
    version(version);
    alias(CHAMPION, version);
    models.caughtUp();
    loading.finishAll();
    assertThat(served(CHAMPION)).isEqualTo(version);
  }

  private long served(String alias) {
    return models.serving(alias).model().version();
  }

  private String lastEvent() {
    return events.get(events.size() - 1);
  }

  private void version(long version) throws Exception {
    version(TestingModels.square(MODEL, version, 3), version);
  }

  private void version(Model model, long version) throws Exception {
    accept(new ModelKey.Version(MODEL, version), ModelContainer.encode(model));
  }

  private void garbage(long version) throws Exception {
    accept(new ModelKey.Version(MODEL, version), new byte[] {1, 2, 3});
  }

  private void alias(String alias, long version) throws Exception {
    accept(new ModelKey.Alias(MODEL, alias), aliasValue(alias, version));
  }

  private void remember(String alias, long version) throws Exception {
    memory.put(alias, ModelContainer.encode(TestingModels.square(MODEL, version, 3)));
  }

  private void accept(ModelKey key, byte[] value) throws Exception {
    models.accept(record(key.format(), value));
  }

  private ConsumedRecord record(String key, byte[] value) {
    return new ConsumedRecord(
        TOPIC, 0, nextOffset++, 0, key.getBytes(StandardCharsets.UTF_8), value);
  }

  private static byte[] aliasValue(String alias, long version) {
    return SingleObjects.encode(
        ModelAlias.getEncoder(),
        ModelAlias.newBuilder()
            .setModel(MODEL)
            .setAlias(alias)
            .setVersion(version)
            .setChangedAt(Instant.EPOCH)
            .build());
  }

  /** Writes down what happens. */
  private final class RecordedEvents implements ServingModels.Listener {
    @Override
    public void beforeChange() {
      events.add("before change");
    }

    @Override
    public void changed(String alias, ServingModel model) {
      events.add(alias + " " + (model == null ? "none" : model.model().version()));
    }

    @Override
    public void refused(ConsumedRecord record, DeadLetterReason reason, String detail) {
      events.add("refused " + record.place() + " " + reason + " " + detail);
    }

    @Override
    public void settled() {
      settledWithChampion |= models.serving(CHAMPION) != null;
      settledWithoutChampion |= models.lacksChampion();
    }
  }

  /** State that a test can look into. */
  private static final class TestingMemory implements ServingModels.Memory {
    private final Map<String, byte[]> containers = new HashMap<>();

    @Override
    public byte[] get(String alias) {
      return containers.get(alias);
    }

    @Override
    public void put(String alias, byte[] container) {
      containers.put(alias, container);
    }

    @Override
    public void remove(String alias) {
      containers.remove(alias);
    }

    @Override
    public Set<String> aliases() {
      return Set.copyOf(containers.keySet());
    }

    long versionOf(String alias) throws Exception {
      return ModelContainer.decode(containers.get(alias)).version();
    }
  }
}
