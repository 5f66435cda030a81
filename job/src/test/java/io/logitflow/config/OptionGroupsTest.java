package io.logitflow.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionGroupsTest {

  /** The classes of the options name each other: each has to bear being the first. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        DeliveryOptions.class,
        FeedbackOptions.class,
        JobOptions.class,
        KafkaOptions.class,
        MicroBatchOptions.class,
        ModelOptions.class,
        OptionGroups.class,
        PromotionOptions.class,
        PublishingOptions.class,
        ReadingOptions.class,
        RecordOptions.class,
        ReplayOptions.class,
        SampleOptions.class,
        TopicOptions.class,
        TrainerOptions.class,
        TriggerOptions.class
      })
  void anyClassOfOptionsMayBeTheFirstOfTheJvm(Class<?> first) throws Exception {
    ClassLoader fresh = new ConfigLoader();
    Class.forName(first.getName(), true, fresh);
    Field all = Class.forName(OptionGroups.class.getName(), true, fresh).getDeclaredField("ALL");
    all.setAccessible(true);
    assertThat((List<?>) all.get(null)).hasSameSizeAs(OptionGroups.ALL);
  }

  /** Has classes of this package of its own, not initialised yet. */
  private static final class ConfigLoader extends ClassLoader {

    private ConfigLoader() {
      super(OptionGroups.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(OptionGroups.class.getPackageName() + ".")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = file.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
