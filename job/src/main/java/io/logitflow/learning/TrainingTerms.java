package io.logitflow.learning;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What all subtasks of a training keep to. One of them says it, because it follows from the models
 * topic, which may have changed when the next one reads it.
 *
 * @param features number of features, at least 1
 * @param classNames name of each class
 */
record TrainingTerms(int features, List<String> classNames) {

  /** Says instead that there is to be no training. */
  static final double[] NO_TRAINING = {0};

  static boolean isTraining(double[] vector) {
    return vector[0] > 0;
  }

  /** Number of features, number of classes, and of each name its length and its characters. */
  double[] toVector() {
    int length = 2 + classNames.size() + classNames.stream().mapToInt(String::length).sum();
    DoubleBuffer vector = DoubleBuffer.allocate(length).put(features).put(classNames.size());
    for (String name : classNames) {
      vector.put(name.length());
      name.chars().forEach(vector::put);
    }
    return vector.array();
  }

  static TrainingTerms fromVector(double[] array) {
    DoubleBuffer vector = DoubleBuffer.wrap(array);
    int features = (int) vector.get();
    List<String> names = new ArrayList<>();
    for (int left = (int) vector.get(); left > 0; left--) {
      char[] name = new char[(int) vector.get()];
      for (int i = 0; i < name.length; i++) {
        name[i] = (char) vector.get();
      }
      names.add(new String(name));
    }
    return new TrainingTerms(features, names);
  }
}
