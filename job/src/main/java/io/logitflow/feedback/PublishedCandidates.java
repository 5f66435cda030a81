package io.logitflow.feedback;

import io.logitflow.connector.ModelCatalogue;
import io.logitflow.connector.ModelDirectory;
import io.logitflow.connector.ModelKey;
import io.logitflow.connector.ModelTopic;
import io.logitflow.connector.ModelTopicException;

/** Candidates on the models topic. */
final class PublishedCandidates implements Candidates {

  private static final String CHANGED_BY = "feedback job";

  private final String model;
  private final ModelDirectory versions;
  private final ModelTopic topic;

  /** Takes over directory and topic, and closes them. */
  PublishedCandidates(String model, ModelDirectory versions, ModelTopic topic) {
    this.model = model;
    this.versions = versions;
    this.topic = topic;
  }

  @Override
  public String weights(long version) {
    return versions.weights(version);
  }

  @Override
  public Standing standing(long version) throws ModelTopicException {
    ModelCatalogue catalogue = topic.read();
    return new Standing(
        catalogue.alias(model, ModelKey.CHAMPION), catalogue.aliasesOf(model, version));
  }

  @Override
  public void replace(long champion, long version, String reason) throws ModelTopicException {
    var unused = topic.replace(model, champion, version, CHANGED_BY, reason);
  }

  @Override
  public void removeAlias(String alias) throws ModelTopicException {
    var unused = topic.removeAlias(model, alias);
  }

  @Override
  public void close() {
    versions.close();
    topic.close();
  }
}
