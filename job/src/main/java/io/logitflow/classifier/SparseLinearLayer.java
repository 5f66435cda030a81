package io.logitflow.classifier;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code y = W x + b} with W in compressed rows (CSR): most weights are 0, after pruning or L1
 * training.
 *
 * @param inputs number of inputs
 * @param values the weights that are there, output by output, shape {@code [n]}
 * @param columns the input of each, ascending within an output, int32, shape {@code [n]}
 * @param rowStarts where the weights of each output begin, and n, int32, shape {@code [outputs +
 *     1]}
 * @param bias b, shape {@code [outputs]}; empty for none
 */
public record SparseLinearLayer(
    int inputs, Tensor values, Tensor columns, Tensor rowStarts, Optional<Tensor> bias)
    implements Layer {

  public SparseLinearLayer {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(rowStarts, "rowStarts");
    Objects.requireNonNull(bias, "bias");
  }

  /** Number of outputs. */
  public int outputs() {
    return rowStarts.length(0) - 1;
  }

  @Override
  public OptionalInt expectedInputs() {
    return OptionalInt.of(inputs);
  }

  @Override
  public int outputs(int inputsGiven) {
    return outputs();
  }

  @Override
  public void check(String where) throws InvalidModelException {
    if (inputs < 1) {
      throw new InvalidModelException(
          "%s.inputs is %d, expected at least 1".formatted(where, inputs));
    }
    ModelChecks.rank(where + ".values", values, 1, "[n]");
    ModelChecks.vector(where + ".values", values, values.size());
    ModelChecks.integers(where + ".columns", columns, "[n]");
    ModelChecks.integers(where + ".rowStarts", rowStarts, "[outputs + 1]");
    ModelChecks.count(where + ".columns", columns.size(), values.size());
    if (outputs() < 1) {
      throw new InvalidModelException(
          where + ".rowStarts has 1 element, expected one more than outputs");
    }
    checkRows(where, columns.toInts(), rowStarts.toInts());
    if (bias.isPresent()) {
      ModelChecks.vector(where + ".bias", bias.get(), outputs());
    }
  }

  private void checkRows(String where, int[] column, int[] start) throws InvalidModelException {
    if (start[0] != 0 || start[outputs()] != column.length) {
      throw new InvalidModelException(
          "%s.rowStarts goes from %d to %d, expected 0 to %d, the number of weights"
              .formatted(where, start[0], start[outputs()], column.length));
    }
    for (int k = 0; k < outputs(); k++) {
      if (start[k + 1] < start[k] || start[k + 1] > column.length) {
        throw new InvalidModelException(
            "%s.rowStarts[%d] is %d after %d, expected ascending numbers up to %d"
                .formatted(where, k + 1, start[k + 1], start[k], column.length));
      }
      for (int i = start[k]; i < start[k + 1]; i++) {
        int least = i == start[k] ? 0 : column[i - 1] + 1;
        if (column[i] < least || column[i] >= inputs) {
          throw new InvalidModelException(
              "%s.columns[%d] is %d, expected %d to %d: ascending within output %d"
                  .formatted(where, i, column[i], least, inputs - 1, k));
        }
      }
    }
  }
}
