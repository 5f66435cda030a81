package io.logitflow.classifier;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A layer or an output function as it is stored: what it is, and the tensors and numbers that make
 * it, by name.
 *
 * @param type what it is
 * @param tensors by name, in the order of the names
 * @param parameters by name, in the order of the names
 */
public record ModelPart(
    String type, SortedMap<String, Tensor> tensors, SortedMap<String, Double> parameters) {

  /** A part of tensors and numbers in any order. */
  public ModelPart(String type, Map<String, Tensor> tensors, Map<String, Double> parameters) {
    this(
        type,
        Collections.unmodifiableSortedMap(new TreeMap<>(tensors)),
        Collections.unmodifiableSortedMap(new TreeMap<>(parameters)));
  }
}
