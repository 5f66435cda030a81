package io.logitflow.benchmarks.kernel;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A network as an ONNX file, as an exporter would write it: Gemm, Relu, Softmax. */
final class OnnxModel {

  static final String INPUT = "features";
  static final String OUTPUT = "probabilities";

  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;

  private OnnxModel() {}

  static byte[] bytes(Network network, int rows) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("network")
            .addInput(value(INPUT, rows, network.inputs()))
            .addOutput(value(OUTPUT, rows, network.classes()));
    String current = INPUT;
    for (int i = 0; i < network.layers().size(); i++) {
      Network.Layer layer = network.layers().get(i);
      graph.addInitializer(tensor("weight" + i, layer.weights(), layer.outputs(), layer.inputs()));
      graph.addInitializer(tensor("bias" + i, layer.biases(), layer.outputs()));
      graph.addNode(
          node("Gemm", "logits" + i, current, "weight" + i, "bias" + i)
              .addAttribute(attribute("transB", 1)));
      current = "logits" + i;
      if (i < network.layers().size() - 1) {
        graph.addNode(node("Relu", "hidden" + i, current));
        current = "hidden" + i;
      }
    }
    graph.addNode(node("Softmax", OUTPUT, current).addAttribute(attribute("axis", 1)));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto.Builder node(String operator, String output, String... inputs) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).setName(output).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node;
  }

  private static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static TensorProto tensor(String name, float[] values, long... dimensions) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    return tensor.build();
  }

  private static ValueInfoProto value(String name, long... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dimension : dimensions) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
