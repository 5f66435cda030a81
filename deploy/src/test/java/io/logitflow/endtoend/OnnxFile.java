package io.logitflow.endtoend;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/** ONNX files, as an exporter would write them. */
final class OnnxFile {

  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

  private OnnxFile() {}

  /**
   * A linear layer.
   *
   * @param weights {@code [outputs, inputs]}, row-major
   * @param biases {@code [outputs]}
   */
  static byte[] linear(float[] weights, float[] biases, int outputs, int inputs) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(
            GraphProto.newBuilder()
                .setName("linear")
                .addInput(value("features", inputs))
                .addOutput(value("logits", outputs))
                .addInitializer(tensor("weight", weights, outputs, inputs))
                .addInitializer(tensor("bias", biases, outputs))
                .addNode(
                    NodeProto.newBuilder()
                        .setOpType("Gemm")
                        .addInput("features")
                        .addInput("weight")
                        .addInput("bias")
                        .addOutput("logits")
                        .addAttribute(
                            AttributeProto.newBuilder()
                                .setName("transB")
                                .setType(AttributeProto.AttributeType.INT)
                                .setI(1))))
        .build()
        .toByteArray();
  }

  private static TensorProto tensor(String name, float[] values, long... dimensions) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static ValueInfoProto value(String name, long columns) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns));
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape)))
        .build();
  }
}
