package io.logitflow.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** Finds what a schema leaves unsaid, in itself and in everything it contains. */
final class SchemaStyle {

  private final List<String> faults = new ArrayList<>();
  private final Set<String> visited = new HashSet<>();

  private SchemaStyle() {}

  /** Names of types and fields without documentation, and of enums without a default symbol. */
  static List<String> faults(Schema schema) {
    SchemaStyle style = new SchemaStyle();
    style.visit(schema);
    return style.faults;
  }

  private void visit(Schema schema) {
    switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> named(schema);
      case ARRAY -> visit(schema.getElementType());
      case MAP -> visit(schema.getValueType());
      case UNION -> schema.getTypes().forEach(this::visit);
      default -> {
        // Primitive types contain nothing and say what they are.
      }
    }
  }

  private void named(Schema schema) {
    if (!visited.add(schema.getFullName())) {
      return;
    }
    expect(schema.getDoc() != null && !schema.getDoc().isBlank(), schema.getName() + ": no doc");
    if (schema.getType() == Schema.Type.ENUM) {
      expect(schema.getEnumDefault() != null, schema.getName() + ": no default symbol");
    }
    if (schema.getType() == Schema.Type.RECORD) {
      for (Schema.Field field : schema.getFields()) {
        expect(
            field.doc() != null && !field.doc().isBlank(),
            schema.getName() + "." + field.name() + ": no doc");
        visit(field.schema());
      }
    }
  }

  private void expect(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }
}
