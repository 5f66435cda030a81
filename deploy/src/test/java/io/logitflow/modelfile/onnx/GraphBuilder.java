package io.logitflow.modelfile.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Graphs for tests, from the input {@code x} to the output {@code y}. */
public final class GraphBuilder {

  private final GraphProto.Builder graph = GraphProto.newBuilder();

  /** Rows of the given shape; a length below 1 is not said. */
  public GraphBuilder(long... rowShape) {
    graph.addInput(value("x", rowShape));
  }

  private static ValueInfoProto value(String name, long... rowShape) {
    TypeProto.Builder type = TypeProto.newBuilder();
    type.getTensorTypeBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE);
    type.getTensorTypeBuilder().getShapeBuilder().addDim(Dimension.newBuilder().setDimParam("n"));
    for (long length : rowShape) {
      Dimension.Builder dimension = Dimension.newBuilder();
      if (length > 0) {
        dimension.setDimValue(length);
      }
      type.getTensorTypeBuilder().getShapeBuilder().addDim(dimension);
    }
    return ValueInfoProto.newBuilder().setName(name).setType(type).build();
  }

  /** A tensor of float32 in raw bytes. */
  public GraphBuilder tensor(String name, float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return tensor(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addAllDims(list(shape))
            .setRawData(ByteString.copyFrom(raw)));
  }

  /** A tensor of integers, one by one. */
  GraphBuilder integers(String name, long... values) {
    return tensor(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length)
            .addAllInt64Data(list(values)));
  }

  GraphBuilder tensor(TensorProto.Builder tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  private static List<Long> list(long... values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** A node named as its output; its operator may have the prefix {@code ml:}. */
  public GraphBuilder node(
      String operator, List<String> inputs, String output, AttributeProto... attributes) {
    boolean isOfMl = operator.startsWith("ml:");
    graph.addNode(
        NodeProto.newBuilder()
            .setName("to " + output)
            .setOpType(isOfMl ? operator.substring(3) : operator)
            .setDomain(isOfMl ? "ai.onnx.ml" : "")
            .addAllInput(inputs)
            .addAllOutput(List.of(output.split(",")))
            .addAllAttribute(List.of(attributes)));
    return this;
  }

  /** An attribute of an integer. */
  public static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto attribute(String name, float... values) {
    AttributeProto.Builder builder = AttributeProto.newBuilder().setName(name);
    for (float value : values) {
      builder.addFloats(value);
    }
    return builder.setType(AttributeType.FLOATS).build();
  }

  static AttributeProto number(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto labels(long... values) {
    return AttributeProto.newBuilder()
        .setName("classlabels_ints")
        .setType(AttributeType.INTS)
        .addAllInts(list(values))
        .build();
  }

  /** Writes the graph as a model. */
  Path write(Path folder) throws IOException {
    return write(folder, "y");
  }

  Path write(Path folder, String output) throws IOException {
    return Files.write(folder.resolve("graph.onnx"), bytes(output));
  }

  /** The graph as a model that yields an output. */
  public byte[] bytes(String output) {
    graph.addOutput(value(output, 0));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph)
        .build()
        .toByteArray();
  }
}
