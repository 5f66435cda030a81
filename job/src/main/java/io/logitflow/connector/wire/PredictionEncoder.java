package io.logitflow.connector.wire;

import io.logitflow.schema.ModelRole;
import io.logitflow.schema.Prediction;
import io.logitflow.schema.ShadowPrediction;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Lays out by hand what one model version says: {@link Prediction} records, or the {@link
 * ShadowPrediction}s within those of another version. What is the same in all of them, or in all of
 * a micro-batch, is encoded once; the size of a record is known before it is written, so it is
 * written straight into its final array, with its shadows, and nothing else is allocated. For one
 * thread. A test reads every field back with the Avro library and fails if the schema gains a field
 * that is not written here.
 */
public final class PredictionEncoder {

  private static final byte NO_SEGMENT = 0;
  private static final byte SEGMENT = 2;

  private final byte[] header;
  private final byte[] modelFields;
  private final byte[] shadowFields;
  private final byte[][] labelFields;
  private final ScoreFields scores;

  /**
   * By class, what follows the segment: time of scoring, model, class and its name. Null where it
   * was not needed yet at {@link #scoringTime}.
   */
  private final byte[][] scoringFields;

  private long scoringTime;

  /** What challengers say of the records of a micro-batch. */
  public interface Shadows {

    /** No challenger says anything. */
    Shadows NONE =
        new Shadows() {
          @Override
          public int count(int row) {
            return 0;
          }

          @Override
          public int size(int row) {
            return 0;
          }

          @Override
          public int put(int row, byte[] out, int to) {
            return to;
          }
        };

    /** How many say something of a row. */
    int count(int row);

    /** How many bytes that takes. */
    int size(int row);

    /**
     * Writes it.
     *
     * @return where it ends
     */
    int put(int row, byte[] out, int to);
  }

  /**
   * Creates the encoder of a model version.
   *
   * @param header header of the wire format
   * @param model what the records say of the model
   * @param classNames names of the classes
   * @param labelThreshold probability from which a class is a label; empty if a record has just one
   */
  public PredictionEncoder(
      byte[] header, ModelFields model, List<String> classNames, OptionalDouble labelThreshold) {
    this.header = header.clone();
    this.modelFields = model.encode();
    this.shadowFields = model.encodeForShadow();
    int classes = classNames.size();
    this.scores = new ScoreFields(classes, labelThreshold);
    this.labelFields = new byte[classes][];
    for (int label = 0; label < classes; label++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(AvroLayout.longBytes(label));
      out.writeBytes(AvroLayout.stringBytes(classNames.get(label)));
      labelFields[label] = out.toByteArray();
    }
    this.scoringFields = new byte[classes][];
  }

  /**
   * What predictions say of the model that made them.
   *
   * @param name name of the model
   * @param version version of the model
   * @param role what the version is to the job
   * @param calibrationVersion version of the calibration parameters
   * @param weightsChecksum SHA-256 of the weights, 32 bytes
   */
  public record ModelFields(
      String name, long version, ModelRole role, int calibrationVersion, byte[] weightsChecksum) {

    private byte[] encode() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(AvroLayout.stringBytes(name));
      out.writeBytes(encodeForShadow());
      return out.toByteArray();
    }

    /** A shadow is of the same model as the prediction that it stands in. */
    private byte[] encodeForShadow() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(AvroLayout.longBytes(version));
      out.writeBytes(AvroLayout.longBytes(ModelRole.getClassSchema().getEnumOrdinal(role.name())));
      out.writeBytes(AvroLayout.longBytes(calibrationVersion));
      out.writeBytes(weightsChecksum);
      return out.toByteArray();
    }
  }

  /**
   * Encodes a prediction.
   *
   * @param row the record that was scored
   * @param scoredAt wall-clock time in ms since the epoch
   * @param label predicted class
   * @param probabilities probabilities of the batch
   * @param logits logits of the batch
   * @param from where those of the record begin in both
   * @param shadows what challengers say of the batch
   * @param index which row of the batch the record is to them
   */
  public byte[] encode(
      FeatureRow row,
      long scoredAt,
      int label,
      float[] probabilities,
      float[] logits,
      int from,
      Shadows shadows,
      int index) {
    byte[] scoring = scoringFields(scoredAt, label);
    boolean segment = row.segmentLength() >= 0;
    int shadowCount = shadows.count(index);
    int size =
        header.length
            + AvroLayout.longSize(row.idLength())
            + row.idLength()
            + AvroLayout.longSize(row.time())
            + 1
            + (segment ? AvroLayout.longSize(row.segmentLength()) + row.segmentLength() : 0)
            + scoring.length
            + scores.size(probabilities, from)
            + (shadowCount == 0 ? 0 : AvroLayout.longSize(shadowCount) + shadows.size(index))
            + 1;
    byte[] out = new byte[size];
    int to = AvroLayout.put(header, out, 0);
    to = AvroLayout.putLong(row.idLength(), out, to);
    to = row.putId(out, to);
    to = AvroLayout.putLong(row.time(), out, to);
    out[to++] = segment ? SEGMENT : NO_SEGMENT;
    if (segment) {
      to = AvroLayout.putLong(row.segmentLength(), out, to);
      to = row.putSegment(out, to);
    }
    to = AvroLayout.put(scoring, out, to);
    to = scores.put(label, probabilities, logits, from, out, to);
    if (shadowCount > 0) {
      to = AvroLayout.putLong(shadowCount, out, to);
      to = shadows.put(index, out, to);
    }
    // The block of none that ends the array of shadows.
    out[to] = 0;
    return out;
  }

  /**
   * Bytes of a shadow prediction of this version.
   *
   * @param label predicted class
   * @param probabilities probabilities of the batch
   * @param from where those of the record begin
   */
  public int shadowSize(int label, float[] probabilities, int from) {
    return shadowFields.length + AvroLayout.longSize(label) + scores.size(probabilities, from);
  }

  /**
   * Writes a shadow prediction of this version.
   *
   * @param label predicted class
   * @param probabilities probabilities of the batch
   * @param logits logits of the batch
   * @param from where those of the record begin in both
   * @param out where to
   * @param start where in there
   * @return where it ends
   */
  public int putShadow(
      int label, float[] probabilities, float[] logits, int from, byte[] out, int start) {
    int to = AvroLayout.put(shadowFields, out, start);
    to = AvroLayout.putLong(label, out, to);
    return scores.put(label, probabilities, logits, from, out, to);
  }

  private byte[] scoringFields(long scoredAt, int label) {
    if (scoredAt != scoringTime) {
      Arrays.fill(scoringFields, null);
      scoringTime = scoredAt;
    }
    if (scoringFields[label] == null) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(AvroLayout.longBytes(scoredAt));
      out.writeBytes(modelFields);
      out.writeBytes(labelFields[label]);
      scoringFields[label] = out.toByteArray();
    }
    return scoringFields[label];
  }
}
