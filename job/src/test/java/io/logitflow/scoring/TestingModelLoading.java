package io.logitflow.scoring;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import io.logitflow.connector.wire.PredictionEncoder;
import io.logitflow.schema.ModelRole;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Loads a model when the test says so. */
final class TestingModelLoading implements ModelLoading {

  private record Request(String alias, ModelRole role, byte[] container, Listener listener) {}

  private final Queue<Request> waiting = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<TestingClassifier> loaded = new ArrayList<>();

  @Override
  public void load(String alias, ModelRole role, byte[] container, Listener listener) {
    waiting.add(new Request(alias, role, container, listener));
    asked.add(alias + " as " + role);
  }

  /** Every alias that a load was asked for, such as {@code "champion as CHAMPION"}. */
  List<String> asked() {
    return asked;
  }

  /** Whether a load was asked for that has no outcome yet. */
  boolean isLoading() {
    return !waiting.isEmpty();
  }

  /** How often each of the classifiers was closed, in the order in which they were loaded. */
  List<Integer> timesClosed() {
    return loaded.stream().map(TestingClassifier::timesClosed).toList();
  }

  /** Ends the oldest load that was asked for. */
  void finishOne() throws Exception {
    Request request = waiting.remove();
    Model model;
    try {
      model = ModelContainer.decode(request.container());
    } catch (InvalidModelException e) {
      request.listener().refused(request.alias(), e);
      return;
    }
    ServingModel serving = serving(model, request.role());
    loaded.add((TestingClassifier) serving.classifier());
    request.listener().loaded(request.alias(), serving);
  }

  /** Ends all loads, those included that only come up meanwhile. */
  void finishAll() throws Exception {
    while (isLoading()) {
      if (asked.size() > 1_000) {
        throw new AssertionError("Models are loaded again and again: " + asked.subList(0, 10));
      }
      finishOne();
    }
  }

  /** A model with a classifier that gives its features out. */
  static ServingModel serving(Model model, ModelRole role) {
    return serving(model, role, 1);
  }

  /** A model with a classifier that gives a multiple of its features out. */
  static ServingModel serving(Model model, ModelRole role, float factor) {
    PredictionEncoder.ModelFields fields =
        new PredictionEncoder.ModelFields(
            model.name(),
            model.version(),
            role,
            model.calibrationVersion(),
            model.weightsChecksum());
    byte[] bare = {};
    return new ServingModel(
        model,
        new TestingClassifier(model.classCount(), factor),
        new PredictionEncoder(
            bare, fields, model.classNames(), model.outputFunction().labelThreshold()));
  }
}
