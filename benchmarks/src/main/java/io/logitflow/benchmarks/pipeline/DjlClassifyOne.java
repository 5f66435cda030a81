package io.logitflow.benchmarks.pipeline;

import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LinearLayer;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.ModelContainer;
import io.logitflow.schema.FeatureRecord;
import io.logitflow.schema.Prediction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Scores one record at a time with PyTorch: a linear layer and a softmax. Features go to it in a
 * direct buffer, which DJL takes over at once where it copies arrays value by value.
 */
final class DjlClassifyOne extends RichMapFunction<FeatureRecord, Prediction> {

  private static final long serialVersionUID = 1L;

  private static final String ENGINE = "PyTorch";

  private final byte[] container;
  private transient NDManager manager;
  private transient ai.djl.Model network;
  private transient Predictor<NDList, NDList> predictor;
  private transient ByteBuffer features;
  private transient Predictions predictions;

  DjlClassifyOne(byte[] container) {
    this.container = container;
  }

  @Override
  public void open(OpenContext context) throws InvalidModelException {
    // Natives come from the class path, never from the network.
    System.setProperty("ai.djl.offline", "true");
    Model model = ModelContainer.decode(container);
    manager = Engine.getEngine(ENGINE).newBaseManager();
    network = ai.djl.Model.newInstance(model.name(), ENGINE);
    network.setBlock(linear(model));
    predictor = network.newPredictor(new NoopTranslator());
    features = ByteBuffer.allocateDirect(Float.BYTES * model.featureCount());
    features.order(ByteOrder.nativeOrder());
    predictions = new Predictions(model);
  }

  private Linear linear(Model model) {
    LinearLayer layer = (LinearLayer) model.layers().get(0);
    Linear linear = Linear.builder().setUnits(model.classCount()).build();
    linear.initialize(manager, DataType.FLOAT32, new Shape(1, model.featureCount()));
    for (Parameter parameter : linear.getParameters().values()) {
      boolean weight = parameter.getType() == Parameter.Type.WEIGHT;
      double[] values = (weight ? layer.weight() : layer.bias().orElseThrow()).toDoubles();
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      parameter.getArray().set(floats);
    }
    return linear;
  }

  @Override
  public Prediction map(FeatureRecord record) throws TranslateException {
    List<Float> values = record.getFeatures();
    features.clear();
    for (Float value : values) {
      features.putFloat(value);
    }
    features.flip();
    try (NDManager perRecord = manager.newSubManager()) {
      NDList input =
          new NDList(perRecord.create(features, new Shape(1, values.size()), DataType.FLOAT32));
      NDList output = predictor.predict(input);
      output.attach(perRecord);
      float[] logits = output.singletonOrThrow().toFloatArray();
      float[] probabilities = output.singletonOrThrow().softmax(1).toFloatArray();
      return predictions.of(record.getId(), record.getTime(), logits, probabilities);
    }
  }

  @Override
  public void close() {
    if (predictor != null) {
      predictor.close();
      network.close();
      manager.close();
    }
  }
}
