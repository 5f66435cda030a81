package io.logitflow.classifier;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives out each piece of a part by its name, and refuses what nobody asked for. */
final class ModelPartReader {
  private final String where;
  private final Map<String, Tensor> tensors;
  private final Map<String, Double> parameters;
  private final String type;

  ModelPartReader(String where, ModelPart part) {
    this.where = where;
    this.type = part.type();
    this.tensors = new HashMap<>(part.tensors());
    this.parameters = new HashMap<>(part.parameters());
  }

  Tensor tensor(String name) throws InvalidModelException {
    return optional(name).orElseThrow(() -> missing(name));
  }

  Optional<Tensor> optional(String name) {
    return Optional.ofNullable(tensors.remove(name));
  }

  List<Integer> integers(String name) throws InvalidModelException {
    Tensor tensor = tensor(name);
    ModelChecks.integers(where + "." + name, tensor, "[n]");
    return Arrays.stream(tensor.toInts()).boxed().toList();
  }

  double number(String name) throws InvalidModelException {
    Double number = parameters.remove(name);
    if (number == null) {
      throw missing(name);
    }
    return number;
  }

  int integer(String name) throws InvalidModelException {
    double number = number(name);
    if (number != (int) number) {
      throw new InvalidModelException(
          "%s.%s is %s, expected a whole number".formatted(where, name, number));
    }
    return (int) number;
  }

  InvalidModelException unknownType(String what) {
    return new InvalidModelException(
        "%s is a %s of type %s, which this version does not know".formatted(where, what, type));
  }

  private InvalidModelException missing(String name) {
    return new InvalidModelException("%s.%s is missing".formatted(where, name));
  }

  /** To ignore something would be to give wrong probabilities. */
  void checkAllRead() throws InvalidModelException {
    if (!tensors.isEmpty() || !parameters.isEmpty()) {
      throw new InvalidModelException(
          "%s of type %s has %s%s, which this version does not know"
              .formatted(where, type, tensors.keySet(), parameters.keySet()));
    }
  }
}
