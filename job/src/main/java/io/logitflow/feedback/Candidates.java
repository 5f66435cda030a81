package io.logitflow.feedback;

import io.logitflow.connector.ModelTopicException;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalLong;

/** The versions that may take the place of the champion, as the models topic has them. */
interface Candidates extends AutoCloseable {

  /** Opens them where they are needed. */
  @FunctionalInterface
  interface Factory extends Serializable {
    Candidates open();
  }

  /**
   * What the aliases say of a version at a moment.
   *
   * @param champion the champion
   * @param aliases aliases of the version
   */
  record Standing(OptionalLong champion, List<String> aliases) {}

  /** Which weights a version has; those of a version that is not known are its own. */
  String weights(long version);

  /** What the aliases say of a version now. */
  Standing standing(long version) throws ModelTopicException;

  /** Makes a version the champion in place of another one, which must be the champion still. */
  void replace(long champion, long version, String reason) throws ModelTopicException;

  /** Takes an alias away. */
  void removeAlias(String alias) throws ModelTopicException;

  @Override
  void close();
}
