package io.logitflow.classifier;

import io.logitflow.classifier.kernel.KernelChoice;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The models that are loaded, so that the slots of a TaskManager decode, check and pack a version
 * once, and have one copy of its weights. A version goes with its last user.
 *
 * <p>What is the same is told by the bytes of the container, whole: versions that differ in their
 * calibration alone are two. Threads may share one.
 */
public final class LoadedModels {

  /** Those of a job: every job has a class loader of its own, and shares with no other. */
  public static final LoadedModels OF_JOB = new LoadedModels();

  /** A model and its classifier, which its user closes. */
  public record LoadedModel(Model model, Classifier classifier) {}

  private record Key(String checksum, KernelChoice kernel, Placement placement) {
    static Key of(byte[] container, KernelChoice kernel, Placement placement) {
      return new Key(
          HexFormat.of().formatHex(Checksum.sha256().digest(container)), kernel, placement);
    }
  }

  /** The users of a version, and what they share once the first of them has loaded it. */
  private static final class Shared {
    private int users;
    private LoadedModel loaded;

    synchronized LoadedModel load(byte[] container, Key key) throws InvalidModelException {
      if (loaded == null) {
        Model model = ModelContainer.decode(container);
        loaded = new LoadedModel(model, Classifiers.load(model, key.kernel(), key.placement()));
      }
      return loaded;
    }

    synchronized void close() {
      if (loaded != null) {
        loaded.classifier().close();
      }
    }
  }

  private final Map<Key, Shared> versions = new HashMap<>();

  LoadedModels() {}

  /**
   * A model for one more user. The first one loads it, as {@link Classifiers#load} does; who asks
   * meanwhile waits for it, and who asks for another version does not.
   *
   * @param container the version in its container
   * @throws InvalidModelException as {@link ModelContainer#decode} and {@link Classifiers#load}
   */
  public LoadedModel acquire(byte[] container, KernelChoice kernel, Placement placement)
      throws InvalidModelException {
    Key key = Key.of(container, kernel, placement);
    Shared shared;
    synchronized (versions) {
      shared = versions.computeIfAbsent(key, first -> new Shared());
      shared.users++;
    }
    boolean ready = false;
    try {
      LoadedModel loaded = shared.load(container, key);
      ready = true;
      return new LoadedModel(
          loaded.model(), new SharedClassifier(loaded.classifier(), () -> release(key)));
    } finally {
      if (!ready) {
        release(key);
      }
    }
  }

  private void release(Key key) {
    Shared shared;
    synchronized (versions) {
      shared = versions.get(key);
      shared.users--;
      if (shared.users > 0) {
        return;
      }
      versions.remove(key);
    }
    shared.close();
  }

  /** Number of versions that are loaded. */
  int size() {
    synchronized (versions) {
      return versions.size();
    }
  }
}
