package io.logitflow.benchmarks.feedback;

import io.logitflow.benchmarks.pipeline.FeatureRecords;
import io.logitflow.benchmarks.pipeline.Topics;
import io.logitflow.feedback.FeedbackEvent;
import io.logitflow.feedback.FeedbackInput;
import io.logitflow.feedback.ServedPrediction;
import io.logitflow.label.TrueLabel;
import io.logitflow.schema.Label;
import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.Sha256;
import io.logitflow.schema.SingleObjects;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Predictions of one version of one model and their labels, by number. A label comes a second of
 * event time after its prediction.
 *
 * @param start event time of the first record in ms since the epoch
 * @param logits of a pool of predictions, {@code [pool][classes]}
 */
record FeedbackRecords(long start, float[][] logits) implements Serializable {

  static final String MODEL = "benchmark";

  /** So many records share a millisecond of event time. */
  static final int RECORDS_PER_MILLI = 100;

  private static final int POOL = 1024;
  private static final long SEED = 5;
  private static final long DELAY = 1_000;

  static FeedbackRecords of(int classes, long start) {
    Random random = new Random(SEED);
    float[][] logits = new float[POOL][classes];
    for (float[] row : logits) {
      for (int k = 0; k < classes; k++) {
        row[k] = (float) (2 * random.nextGaussian());
      }
    }
    return new FeedbackRecords(start, logits);
  }

  private long time(long number) {
    return start + number / RECORDS_PER_MILLI;
  }

  private float[] row(long number) {
    return logits[(int) (number % POOL)];
  }

  private int trueClass(long number) {
    return (int) ((number * 7 + number / POOL) % logits[0].length);
  }

  private static float[] softmax(float[] row) {
    double sum = 0;
    for (float logit : row) {
      sum += Math.exp(logit);
    }
    float[] probabilities = new float[row.length];
    for (int k = 0; k < row.length; k++) {
      probabilities[k] = (float) (Math.exp(row[k]) / sum);
    }
    return probabilities;
  }

  private static int argmax(float[] row) {
    int best = 0;
    for (int k = 1; k < row.length; k++) {
      best = row[k] > row[best] ? k : best;
    }
    return best;
  }

  /** A prediction as the sources of the job hand it over. */
  FeedbackInput prediction(long number) {
    float[] row = row(number);
    return new FeedbackInput(
        FeedbackEvent.predicted(
            FeatureRecords.id(number),
            List.of(
                new ServedPrediction(
                    time(number), null, 1, 0, false, argmax(row), softmax(row), row))),
        null);
  }

  /** A label as the sources of the job hand it over. */
  FeedbackInput label(long number) {
    return new FeedbackInput(
        FeedbackEvent.labelled(
            FeatureRecords.id(number),
            TrueLabel.ofIndex(time(number) + DELAY, trueClass(number), null)),
        null);
  }

  private byte[] predictionBytes(long number) {
    float[] row = row(number);
    float[] probabilities = softmax(row);
    int label = argmax(row);
    Instant time = Instant.ofEpochMilli(time(number));
    return SingleObjects.encode(
        Prediction.getEncoder(),
        Prediction.newBuilder()
            .setRecordId(FeatureRecords.id(number))
            .setTime(time)
            .setScoredAt(time)
            .setModel(MODEL)
            .setModelVersion(1)
            .setRole(ModelRole.CHAMPION)
            .setWeightsChecksum(new Sha256(new byte[32]))
            .setLabel(label)
            .setLabelName("class " + label)
            .setConfidence(probabilities[label])
            .setProbabilities(boxed(probabilities))
            .setLogits(boxed(row))
            .build());
  }

  private byte[] labelBytes(long number) {
    return SingleObjects.encode(
        Label.getEncoder(),
        Label.newBuilder()
            .setRecordId(FeatureRecords.id(number))
            .setTime(Instant.ofEpochMilli(time(number) + DELAY))
            .setLabel(trueClass(number))
            .build());
  }

  private static List<Float> boxed(float[] values) {
    List<Float> boxed = new ArrayList<>(values.length);
    for (float value : values) {
      boxed.add(value);
    }
    return boxed;
  }

  /** Writes predictions to a topic. */
  void writePredictions(String bootstrapServers, String topic, long count) {
    write(bootstrapServers, topic, count, this::predictionBytes);
  }

  /** Writes labels to a topic. */
  void writeLabels(String bootstrapServers, String topic, long count) {
    write(bootstrapServers, topic, count, this::labelBytes);
  }

  private static void write(
      String bootstrapServers, String topic, long count, LongFunction<byte[]> value) {
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers, "batch.size", "262144", "linger.ms", "20"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (long i = 0; i < count && failure.get() == null; i++) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic, (int) (i % Topics.PARTITIONS), FeatureRecords.key(i), value.apply(i)),
                (metadata, exception) -> {
                  if (exception != null) {
                    failure.compareAndSet(null, exception);
                  }
                });
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("Filling topic " + topic + " failed", failure.get());
    }
  }
}
