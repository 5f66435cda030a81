package io.logitflow.classifier.djl;

import ai.djl.Model;
import io.logitflow.classifier.InvalidModelException;
import java.util.HashMap;
import java.util.Map;

/**
 * The networks that are loaded, so that the slots of a TaskManager share one copy of the weights on
 * each device. A network is closed with its last user.
 */
final class SharedModels {

  /** Loads what nobody has loaded yet. */
  interface Loader {
    Model load() throws InvalidModelException;
  }

  /**
   * What makes two networks the same.
   *
   * @param checksum SHA-256 of the file, in hexadecimal digits
   * @param engine that runs it
   * @param device where its weights are
   */
  record Key(String checksum, DjlEngine engine, String device) {}

  private final Map<Key, Shared> loaded = new HashMap<>();

  private static final class Shared {
    final Model model;
    int users;

    Shared(Model model) {
      this.model = model;
    }
  }

  /** A network for one more user, who must {@link #release} it once. */
  synchronized Model acquire(Key key, Loader loader) throws InvalidModelException {
    Shared shared = loaded.get(key);
    if (shared == null) {
      shared = new Shared(loader.load());
      loaded.put(key, shared);
    }
    shared.users++;
    return shared.model;
  }

  /** Takes note that a user is gone. */
  synchronized void release(Key key) {
    Shared shared = loaded.get(key);
    shared.users--;
    if (shared.users == 0) {
      loaded.remove(key);
      shared.model.close();
    }
  }

  /** Number of networks that are loaded. */
  synchronized int size() {
    return loaded.size();
  }
}
