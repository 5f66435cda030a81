package io.logitflow.connector.wire;

import io.logitflow.connector.BadRecordException;
import io.logitflow.schema.DeadLetterReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * How to read a feature record of one writer schema: a step per field of the schema, in its order.
 * Fields that are not needed are skipped, so any schema will do that has the needed ones.
 */
final class DecodingPlan {

  /** Reads one field. */
  @FunctionalInterface
  private interface Step {
    void run(AvroCursor in, FeatureRow row) throws BadRecordException;
  }

  /** A prediction repeats id and segment, beside its key, and has to fit a producer's request. */
  private static final int MAX_TEXT_BYTES = 1 << 14;

  private final Step[] steps;

  private DecodingPlan(List<Step> steps) {
    this.steps = steps.toArray(Step[]::new);
  }

  /** Reads a record into {@code row}. */
  void decode(AvroCursor in, FeatureRow row) throws BadRecordException {
    row.begin();
    for (Step step : steps) {
      step.run(in, row);
    }
    if (in.remaining() != 0) {
      throw AvroCursor.malformed(in.remaining() + " bytes after the end of the record");
    }
    row.arena().end();
  }

  /**
   * Compiles the plan for a writer schema.
   *
   * @throws BadRecordException with {@link DeadLetterReason#UNUSABLE_SCHEMA} if the schema has no
   *     field to read something needed from, or one of the wrong type
   */
  static DecodingPlan compile(Schema writer, FeatureFields fields) throws BadRecordException {
    if (writer.getType() != Schema.Type.RECORD) {
      throw unusable(writer, "is " + writer.getType().getName() + ", expected a record");
    }
    require(writer, fields.id(), DeadLetterReason.MISSING_ID);
    require(writer, fields.time(), DeadLetterReason.MISSING_TIME);
    require(writer, fields.features(), DeadLetterReason.MISSING_FEATURES);
    List<Step> steps = new ArrayList<>();
    for (Schema.Field field : writer.getFields()) {
      steps.add(step(writer, field, fields));
    }
    return new DecodingPlan(steps);
  }

  private static void require(Schema writer, String field, DeadLetterReason reason)
      throws BadRecordException {
    if (writer.getField(field) == null) {
      throw new BadRecordException(
          reason, "schema " + writer.getFullName() + " has no field '" + field + "'");
    }
  }

  private static Step step(Schema writer, Schema.Field field, FeatureFields fields)
      throws BadRecordException {
    String name = field.name();
    if (name.equals(fields.id())) {
      return orNull(writer, field, DecodingPlan::id, missing(DeadLetterReason.MISSING_ID, name));
    }
    if (name.equals(fields.time())) {
      return orNull(
          writer, field, DecodingPlan::time, missing(DeadLetterReason.MISSING_TIME, name));
    }
    if (name.equals(fields.features())) {
      return orNull(
          writer, field, DecodingPlan::features, missing(DeadLetterReason.MISSING_FEATURES, name));
    }
    if (name.equals(fields.segment())) {
      return orNull(writer, field, DecodingPlan::segment, (in, row) -> {});
    }
    if (name.equals(fields.indices())) {
      return orNull(writer, field, DecodingPlan::indices, (in, row) -> {});
    }
    Skip skip = Skip.compile(field.schema());
    return (in, row) -> skip.run(in);
  }

  private static Step missing(DeadLetterReason reason, String field) {
    return (in, row) -> {
      throw new BadRecordException(reason, "field '" + field + "' is null");
    };
  }

  /** Compiles a type that is not a union; null if it cannot be read from. */
  @FunctionalInterface
  private interface TypeCompiler {
    Step compile(Schema type);
  }

  private static Step orNull(
      Schema writer, Schema.Field field, TypeCompiler compiler, Step whenNull)
      throws BadRecordException {
    if (field.schema().getType() != Schema.Type.UNION) {
      return compile(writer, field, field.schema(), compiler);
    }
    List<Step> branches = new ArrayList<>();
    for (Schema branch : field.schema().getTypes()) {
      branches.add(
          branch.getType() == Schema.Type.NULL
              ? whenNull
              : compile(writer, field, branch, compiler));
    }
    return (in, row) -> branches.get(Skip.branch(in, branches.size())).run(in, row);
  }

  private static Step compile(Schema writer, Schema.Field field, Schema type, TypeCompiler compiler)
      throws BadRecordException {
    Step step = compiler.compile(type);
    if (step == null) {
      throw unusable(writer, "field '" + field.name() + "' cannot be read from " + type);
    }
    return step;
  }

  private static BadRecordException unusable(Schema writer, String what) {
    return new BadRecordException(
        DeadLetterReason.UNUSABLE_SCHEMA, "schema " + writer.getFullName() + ": " + what);
  }

  private static Step id(Schema type) {
    return switch (type.getType()) {
      case STRING ->
          (in, row) -> {
            int length = text(in, "the id");
            if (length == 0) {
              throw new BadRecordException(DeadLetterReason.MISSING_ID, "the id is empty");
            }
            row.id(in.bytes(), in.position() - length, length);
          };
      case INT, LONG ->
          (in, row) -> {
            byte[] digits = Long.toString(in.readLong()).getBytes(StandardCharsets.US_ASCII);
            row.id(digits, 0, digits.length);
          };
      default -> null;
    };
  }

  private static Step segment(Schema type) {
    if (type.getType() != Schema.Type.STRING) {
      return null;
    }
    return (in, row) -> {
      int length = text(in, "the segment");
      row.segment(in.bytes(), in.position() - length, length);
    };
  }

  private static Step time(Schema type) {
    if (type.getType() != Schema.Type.LONG) {
      return null;
    }
    String unit = type.getLogicalType() == null ? "" : type.getLogicalType().getName();
    long perMilli = unit.endsWith("-micros") ? 1_000 : unit.endsWith("-nanos") ? 1_000_000 : 1;
    return (in, row) -> row.time(Math.floorDiv(in.readLong(), perMilli));
  }

  private static Step features(Schema type) {
    if (type.getType() != Schema.Type.ARRAY) {
      return null;
    }
    return switch (type.getElementType().getType()) {
      case FLOAT -> values(4, (in, to, at, count) -> in.readFloats(to, at, count));
      case DOUBLE ->
          values(
              8,
              (in, to, at, count) -> {
                for (int i = 0; i < count; i++) {
                  to[at + i] = (float) in.readDouble();
                }
              });
      case INT, LONG ->
          values(
              1,
              (in, to, at, count) -> {
                for (int i = 0; i < count; i++) {
                  to[at + i] = in.readLong();
                }
              });
      default -> null;
    };
  }

  /** Reads the values of one block of an array. */
  @FunctionalInterface
  private interface Values {
    void read(AvroCursor in, float[] to, int at, int count) throws BadRecordException;
  }

  private static Step values(int minItemBytes, Values values) {
    return (in, row) -> {
      FeatureArena arena = row.arena();
      for (int count = (int) in.readBlockCount(minItemBytes);
          count != 0;
          count = (int) in.readBlockCount(minItemBytes)) {
        arena.addValues(count);
        values.read(in, arena.values(), arena.placeOfLast(count), count);
      }
    };
  }

  private static Step indices(Schema type) {
    if (type.getType() != Schema.Type.ARRAY) {
      return null;
    }
    return switch (type.getElementType().getType()) {
      case INT, LONG ->
          (in, row) -> {
            FeatureArena arena = row.arena();
            arena.index();
            for (int count = (int) in.readBlockCount(1);
                count != 0;
                count = (int) in.readBlockCount(1)) {
              arena.readIndices(in, count);
            }
          };
      default -> null;
    };
  }

  /** Advances over a string, which must be UTF-8, and returns its length in bytes. */
  private static int text(AvroCursor in, String what) throws BadRecordException {
    int from = in.takeLengthPrefixed(what);
    int end = in.position();
    if (end - from > MAX_TEXT_BYTES) {
      throw new BadRecordException(
          DeadLetterReason.TOO_LARGE,
          what + " has " + (end - from) + " bytes, expected at most " + MAX_TEXT_BYTES);
    }
    byte[] bytes = in.bytes();
    for (int i = from; i < end; i++) {
      if (bytes[i] < 0) {
        requireUtf8(in, end - from, what);
        break;
      }
    }
    return end - from;
  }

  /** Requires that the bytes before the cursor are UTF-8. */
  private static void requireUtf8(AvroCursor in, int length, String what)
      throws BadRecordException {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(in.bytes(), in.position() - length, length));
    } catch (CharacterCodingException e) {
      throw AvroCursor.malformed(what + " at byte " + (in.place() - length) + " is not UTF-8");
    }
  }
}
