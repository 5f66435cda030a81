package io.logitflow.connector.wire;

import io.logitflow.connector.BadRecordException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Advances over a value of a schema, checking it as far as lengths go. */
@FunctionalInterface
interface Skip {

  void run(AvroCursor in) throws BadRecordException;

  /** Compiles a schema; recursive ones are fine. */
  static Skip compile(Schema schema) {
    return compile(schema, new IdentityHashMap<>());
  }

  private static Skip compile(Schema schema, Map<Schema, Skip> records) {
    return switch (schema.getType()) {
      case NULL -> in -> {};
      case BOOLEAN -> in -> in.take(1, "a boolean");
      case INT, LONG, ENUM -> AvroCursor::readLong;
      case FLOAT -> in -> in.take(4, "a float");
      case DOUBLE -> in -> in.take(8, "a double");
      case STRING, BYTES -> in -> in.takeLengthPrefixed("a " + name(schema));
      case FIXED -> in -> in.take(schema.getFixedSize(), "a fixed");
      case ARRAY ->
          items(compile(schema.getElementType(), records), minBytes(schema.getElementType()));
      case MAP -> {
        Skip value = compile(schema.getValueType(), records);
        yield items(
            in -> {
              in.takeLengthPrefixed("a key");
              value.run(in);
            },
            1 + minBytes(schema.getValueType()));
      }
      case UNION -> {
        List<Skip> branches =
            schema.getTypes().stream().map(branch -> compile(branch, records)).toList();
        yield in -> branches.get(branch(in, branches.size())).run(in);
      }
      case RECORD -> record(schema, records);
    };
  }

  private static Skip record(Schema schema, Map<Schema, Skip> records) {
    Skip known = records.get(schema);
    if (known != null) {
      return known;
    }
    Skip[] fields = new Skip[schema.getFields().size()];
    Skip skip =
        in -> {
          in.descend();
          for (Skip field : fields) {
            field.run(in);
          }
          in.ascend();
        };
    records.put(schema, skip);
    for (Schema.Field field : schema.getFields()) {
      fields[field.pos()] = compile(field.schema(), records);
    }
    return skip;
  }

  private static Skip items(Skip item, long minBytes) {
    return in -> {
      in.descend();
      for (long count = in.readBlockCount(minBytes);
          count != 0;
          count = in.readBlockCount(minBytes)) {
        // Items without bytes need no work, and hostile bytes may claim 2^62 of them.
        for (long i = 0; minBytes > 0 && i < count; i++) {
          item.run(in);
        }
      }
      in.ascend();
    };
  }

  /** Reads the branch of a union. */
  static int branch(AvroCursor in, int branches) throws BadRecordException {
    int at = in.place();
    long branch = in.readLong();
    if (branch < 0 || branch >= branches) {
      throw AvroCursor.malformed(
          "branch " + branch + " of a union of " + branches + " at byte " + at);
    }
    return (int) branch;
  }

  /** Least size of an encoded value: 0 only for types that have no bytes at all. */
  static long minBytes(Schema schema) {
    return minBytes(schema, new IdentityHashMap<>());
  }

  private static long minBytes(Schema schema, Map<Schema, Boolean> open) {
    return switch (schema.getType()) {
      case NULL -> 0;
      case FLOAT -> 4;
      case DOUBLE -> 8;
      case FIXED -> schema.getFixedSize();
      case BOOLEAN, INT, LONG, ENUM, STRING, BYTES, ARRAY, MAP, UNION -> 1;
      case RECORD -> {
        if (open.put(schema, true) != null) {
          yield 0;
        }
        long sum = 0;
        for (Schema.Field field : schema.getFields()) {
          sum += minBytes(field.schema(), open);
        }
        open.remove(schema);
        yield sum;
      }
    };
  }

  private static String name(Schema schema) {
    return schema.getType().getName();
  }
}
