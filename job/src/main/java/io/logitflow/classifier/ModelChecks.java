package io.logitflow.classifier;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the parts of a model have in common to be checked. */
final class ModelChecks {

  private ModelChecks() {}

  static void rank(String where, Tensor tensor, int rank, String expected)
      throws InvalidModelException {
    if (tensor.rank() != rank) {
      throw new InvalidModelException(
          "%s has shape %s, expected %s".formatted(where, tensor.shapeText(), expected));
    }
  }

  static void vector(String where, Tensor tensor, int length) throws InvalidModelException {
    String expected = "[" + length + "]";
    rank(where, tensor, 1, expected);
    if (tensor.length(0) != length) {
      throw new InvalidModelException(
          "%s has shape %s, expected %s".formatted(where, tensor.shapeText(), expected));
    }
    finite(where, tensor);
  }

  static void matrix(String where, Tensor tensor, String expected) throws InvalidModelException {
    rank(where, tensor, 2, expected);
    finite(where, tensor);
  }

  static void integers(String where, Tensor tensor, String expected) throws InvalidModelException {
    rank(where, tensor, 1, expected);
    if (tensor.elementType() != Tensor.ElementType.INT32) {
      throw new InvalidModelException(
          "%s has element type %s, expected INT32".formatted(where, tensor.elementType()));
    }
  }

  static void finite(String where, Tensor tensor) throws InvalidModelException {
    if (tensor.elementType() == Tensor.ElementType.INT32) {
      throw new InvalidModelException(
          "%s has element type INT32, expected FLOAT32 or FLOAT64".formatted(where));
    }
    double[] values = tensor.toDoubles();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new InvalidModelException(
            "%s holds %s at element %d of %d, expected finite numbers"
                .formatted(where, values[i], i, values.length));
      }
    }
  }

  static void count(String where, int actual, int expected) throws InvalidModelException {
    if (actual != expected) {
      throw new InvalidModelException(
          "%s has %d elements, expected %d".formatted(where, actual, expected));
    }
  }

  static void distinctNames(String where, List<String> names) throws InvalidModelException {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isBlank()) {
        throw new InvalidModelException("%s[%d] is blank, expected a name".formatted(where, i));
      }
      Integer earlier = seen.putIfAbsent(names.get(i), i);
      if (earlier != null) {
        throw new InvalidModelException(
            "%s[%d] is \"%s\" like %s[%d], expected different names"
                .formatted(where, i, names.get(i), where, earlier));
      }
    }
  }
}
