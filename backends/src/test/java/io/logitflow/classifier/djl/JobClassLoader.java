package io.logitflow.classifier.djl;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads classes of ours itself and all others from its parent, as Flink does with the jar of a job.
 */
final class JobClassLoader extends URLClassLoader {

  JobClassLoader() {
    super(
        new URL[] {placeOf(DjlBackend.class), placeOf(JobClassLoader.class)},
        JobClassLoader.class.getClassLoader());
  }

  private static URL placeOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("io.logitflow.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
