package io.logitflow.modelfile.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.OptionalInt;

/** Sizes of elements in the raw bytes of a tensor. */
final class ElementSize {

  private ElementSize() {}

  /** Bytes of an element; empty if elements have no fixed number of whole bytes. */
  static OptionalInt of(TensorProto.DataType type) {
    return switch (type) {
      case UINT8, INT8, BOOL, FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ ->
          OptionalInt.of(1);
      case UINT16, INT16, FLOAT16, BFLOAT16 -> OptionalInt.of(2);
      case FLOAT, INT32, UINT32 -> OptionalInt.of(4);
      case DOUBLE, INT64, UINT64, COMPLEX64 -> OptionalInt.of(8);
      case COMPLEX128 -> OptionalInt.of(16);
      default -> OptionalInt.empty();
    };
  }
}
