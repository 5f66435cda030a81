package io.logitflow.modelfile.onnx;

import static io.logitflow.modelfile.onnx.GraphBuilder.attribute;
import static io.logitflow.modelfile.onnx.GraphBuilder.labels;
import static io.logitflow.modelfile.onnx.GraphBuilder.number;
import static io.logitflow.modelfile.onnx.GraphBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.logitflow.classifier.Classifier;
import io.logitflow.classifier.Classifiers;
import io.logitflow.classifier.FeatureBatch;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Scores;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import io.logitflow.modelfile.ImportedNetwork;
import io.logitflow.modelfile.StatedTraits;
import io.logitflow.modelfile.StatedTraits.Yields;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphReaderTest {

  private static final float[] FEATURES = {1, 2};

  @TempDir private Path dir;

  private ImportedNetwork read(GraphBuilder graph) throws Exception {
    return OnnxFormat.read(graph.write(dir), StatedTraits.NONE);
  }

  private Model model(GraphBuilder graph) throws Exception {
    return read(graph).builder().name("m").createdAt(Instant.EPOCH).build();
  }

  private static void assertProbabilities(Model model, double... expected) throws Exception {
    Scores scores = new Scores(1, model.classCount());
    try (Classifier classifier = Classifiers.load(model, KernelChoice.SCALAR)) {
      classifier.classify(FeatureBatch.of(FEATURES, 1), scores);
    }
    assertThat(scores.probabilities()).hasSize(expected.length);
    for (int k = 0; k < expected.length; k++) {
      assertThat((double) scores.probabilities()[k]).isCloseTo(expected[k], within(1e-6));
    }
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /** Rows (1, 0) and (0, 1): the scores are the features. */
  private static GraphBuilder identity() {
    return new GraphBuilder(2).tensor("w", new float[] {1, 0, 0, 1}, 2, 2);
  }

  @Nested
  class Expressed {

    @Test
    void gemmWithFactorsAndANumberAsBias() throws Exception {
      Model model =
          model(
              new GraphBuilder(2)
                  .tensor("w", new float[] {1, 2, 3, 4}, 2, 2)
                  .tensor("b", new float[] {5}, 1)
                  .node(
                      "Gemm",
                      List.of("x", "w", "b"),
                      "y",
                      number("alpha", 0.5f),
                      number("beta", 2)));
      // Columns (1, 3) and (2, 4): 0.5 (1 + 6) + 10 and 0.5 (2 + 8) + 10.
      assertProbabilities(model, sigmoid(13.5 - 15), sigmoid(15 - 13.5));
    }

    @Test
    void elementwiseStandardisationThenMatMulAndAddInEitherOrder() throws Exception {
      Model model =
          model(
              identity()
                  .tensor("mean", new float[] {0.5f, 1}, 2)
                  .tensor("std", new float[] {2, 4}, 1, 2)
                  .tensor("b", new float[] {0, 1}, 2)
                  .node("Sub", List.of("x", "mean"), "centred")
                  .node("Div", List.of("centred", "std"), "scaled")
                  .node("MatMul", List.of("scaled", "w"), "product")
                  .node("Add", List.of("b", "product"), "y"));
      assertThat(model.normaliser()).isPresent();
      assertProbabilities(model, sigmoid(0.25 - 1.25), sigmoid(1.25 - 0.25));
    }

    @Test
    void whatComesFromAConstantFirstAndTimesANegative() throws Exception {
      Model model =
          model(
              identity()
                  .tensor("c", new float[] {3}, 1)
                  .tensor("f", new float[] {-2, 1}, 2)
                  .node("Sub", List.of("c", "x"), "a")
                  .node("Mul", List.of("f", "a"), "b")
                  .node("MatMul", List.of("b", "w"), "y"));
      // -2 (3 - 1) and 3 - 2.
      assertProbabilities(model, sigmoid(-4 - 1), sigmoid(1 + 4));
    }

    @Test
    void weightsThatAreTransposedAndReshapedConstants() throws Exception {
      Model model =
          model(
              new GraphBuilder(1, 2)
                  .tensor("flat", new float[] {1, 2, 3, 4}, 4)
                  .integers("square", -1, 2)
                  .integers("rows", 0, -1)
                  .node("Reshape", List.of("flat", "square"), "w")
                  .node("Transpose", List.of("w"), "wt")
                  .node("Identity", List.of("wt"), "weight")
                  .node("Reshape", List.of("x", "rows"), "vectors")
                  .node("Dropout", List.of("vectors"), "kept,mask")
                  .node("MatMul", List.of("kept", "weight"), "y"));
      // Rows (1, 2) and (3, 4): 5 and 11.
      assertProbabilities(model, sigmoid(-6), sigmoid(6));
    }

    @Test
    void flattenedImages() throws Exception {
      Model model =
          model(
              new GraphBuilder(1, 1, 2)
                  .tensor("w", new float[] {1, 0, 0, 1}, 2, 2)
                  .node("Flatten", List.of("x"), "flat")
                  .node("MatMul", List.of("flat", "w"), "z")
                  .node("Softmax", List.of("z"), "y", attribute("axis", 1L)));
      assertProbabilities(model, sigmoid(-1), sigmoid(1));
    }

    @Test
    void aSigmoidAtTheEndAsSeveralLabels() throws Exception {
      Model model =
          model(
              identity().node("MatMul", List.of("x", "w"), "z").node("Sigmoid", List.of("z"), "y"));
      assertThat(model.outputFunction()).isEqualTo(new MultiLabelSigmoid(0.5));
      assertProbabilities(model, sigmoid(1), sigmoid(2));
    }

    @Test
    void logitsOfSeveralLabelsIfSoStated() throws Exception {
      Path file = identity().node("MatMul", List.of("x", "w"), "y").write(dir);
      Model model =
          OnnxFormat.read(file, new StatedTraits(Optional.empty(), Optional.empty(), true))
              .builder()
              .name("m")
              .createdAt(Instant.EPOCH)
              .build();
      assertProbabilities(model, sigmoid(1), sigmoid(2));
      assertThatThrownBy(
              () ->
                  OnnxFormat.read(
                      file,
                      new StatedTraits(Optional.empty(), Optional.of(Yields.probabilities), false)))
          .hasMessageContaining("yields logits, but probabilities were stated");
    }

    /** ONNX Runtime gives 1 - sigmoid(s) and sigmoid(s) for it. */
    @Test
    void oneRowOfABinaryClassifier() throws Exception {
      Model model =
          model(
              new GraphBuilder(0)
                  .node(
                      "ml:Scaler",
                      List.of("x"),
                      "scaled",
                      attribute("offset", 0.5f, 0.5f),
                      attribute("scale", 1f, 2f))
                  .node(
                      "ml:LinearClassifier",
                      List.of("scaled"),
                      "label,y",
                      attribute("coefficients", 0.5f, 0.25f),
                      attribute("intercepts", -0.75f),
                      labels(0, 1),
                      text("post_transform", "LOGISTIC")));
      // 0.5 * 0.5 + 0.25 * 3 - 0.75
      assertProbabilities(model, sigmoid(-0.25), sigmoid(0.25));
    }

    @Test
    void aClassifierAndTheLabelBesideIt() throws Exception {
      GraphBuilder graph =
          identity()
              .integers("classes", 7, 9)
              .node("MatMul", List.of("x", "w"), "z")
              .node("Softmax", List.of("z"), "y")
              .node("ArgMax", List.of("y"), "index", attribute("axis", 1L))
              .node("ml:ArrayFeatureExtractor", List.of("classes", "index"), "label");
      assertProbabilities(model(graph), sigmoid(-1), sigmoid(1));
    }
  }

  @Nested
  class Refused {

    private void assertRefused(GraphBuilder graph, String... reasons) {
      assertThatThrownBy(() -> model(graph))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("graph.onnx: ")
          .hasMessageContainingAll(reasons);
    }

    private GraphBuilder product() {
      return new GraphBuilder(2).node("MatMul", List.of("x", "w"), "y");
    }

    private TensorProto.Builder weights(long... shape) {
      TensorProto.Builder tensor =
          TensorProto.newBuilder()
              .setName("w")
              .setDataType(TensorProto.DataType.FLOAT_VALUE)
              .setRawData(ByteString.copyFrom(new byte[16]));
      for (long length : shape) {
        tensor.addDims(length);
      }
      return tensor;
    }

    @Test
    void tensorsWhoseBytesAreNotThoseOfTheirShape() {
      assertRefused(
          product().tensor(weights(2, 3)), "tensor \"w\" has 16 bytes", "expected 24 for FLOAT");
      assertRefused(
          product().tensor(weights(2, -2)), "tensor \"w\" has length -2 in shape [2, -2]");
      assertRefused(
          product().tensor(weights(1L << 40, 1L << 40)), "tensor \"w\"", "more than 2 GiB");
      assertRefused(product().tensor(weights(1L << 62, 4)), "tensor \"w\"", "more than 2 GiB");
      assertRefused(
          product().tensor(weights(2, 2).clearRawData().addFloatData(1)),
          "tensor \"w\" has 1 values, expected 4");
      assertRefused(
          product().tensor(weights(2, 2).setDataType(99)), "tensor \"w\" has element type 99");
    }

    @Test
    void tensorsInOtherFiles() {
      assertRefused(
          product()
              .tensor(
                  weights(2, 2)
                      .clearRawData()
                      .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                      .addExternalData(
                          StringStringEntryProto.newBuilder()
                              .setKey("location")
                              .setValue("/etc/passwd"))),
          "tensor \"w\" has its values in another file");
    }

    @Test
    void numbersThatAreNone() {
      assertRefused(
          product().tensor("w", new float[] {1, Float.NaN, 2, 3}, 2, 2),
          "tensor \"w\" of node \"to y\" (MatMul) holds NaN at element 1 of 4");
    }

    @Test
    void weightsForOtherInputs() {
      assertRefused(
          new GraphBuilder(3)
              .tensor("w", new float[4], 2, 2)
              .node("MatMul", List.of("x", "w"), "y"),
          "node \"to y\" (MatMul) has weights for 2 inputs, but takes 3");
      assertRefused(
          new GraphBuilder(2)
              .node(
                  "ml:LinearClassifier",
                  List.of("x"),
                  "label,y",
                  attribute("coefficients", 1f, 2f, 3f),
                  labels(0, 1)),
          "attribute coefficients of node \"to label,y\"",
          "has 3 numbers, expected 4 for 2 classes");
    }

    @Test
    void attributesOfAnotherType() {
      assertRefused(
          identity().node("Gemm", List.of("x", "w"), "y", attribute("alpha", 1L)),
          "attribute alpha of node \"to y\" (Gemm) has type INT, expected FLOAT");
    }

    @Test
    void inputsThatNothingMakes() {
      assertRefused(
          identity().node("MatMul", List.of("x", "nothing"), "y"),
          "node \"to y\" (MatMul) takes \"nothing\", which nothing before it makes");
    }

    @Test
    void operatorsOfNobodyEvenInTheStandardDomain() {
      assertRefused(
          identity().node("Mystify", List.of("x"), "y"),
          "node \"to y\" (Mystify) has an operator that ONNX does not have");
    }

    @Test
    void mapsOfWhatIsNoneOfOurLayersWithTheWayOut() {
      assertRefused(
          new GraphBuilder(2)
              .node("ml:TreeEnsembleClassifier", List.of("x"), "label,p")
              .node("ml:ZipMap", List.of("p"), "y"),
          "no layers of ours, as node \"to label,p\" (ai.onnx.ml:TreeEnsembleClassifier)",
          "options={\"zipmap\": False}");
    }
  }

  @Nested
  class HandedToAnEngine {

    private void assertArtifact(GraphBuilder graph, String because) throws Exception {
      ImportedNetwork network = read(graph);
      assertThat(network.details().get("onnx.artifact-because")).contains(because);
      assertThat(
              network
                  .builder()
                  .name("m")
                  .createdAt(Instant.EPOCH)
                  .classNames(List.of("a", "b"))
                  .build()
                  .artifact())
          .isPresent();
    }

    @Test
    void residuals() throws Exception {
      assertArtifact(
          identity()
              .node("MatMul", List.of("x", "w"), "z")
              .node("Relu", List.of("z"), "a")
              .node("Add", List.of("a", "z"), "y"),
          "node \"to y\" (Add) takes \"z\", which is what comes before node \"to a\" (Relu)");
    }

    @Test
    void layersAfterASoftmax() throws Exception {
      assertArtifact(
          identity()
              .node("MatMul", List.of("x", "w"), "z")
              .node("Softmax", List.of("z"), "p")
              .node("MatMul", List.of("p", "w"), "y"),
          "node \"to y\" (MatMul) comes after the probabilities");
    }

    @Test
    void attributesThatNobodyKnows() throws Exception {
      assertArtifact(
          identity().node("Gemm", List.of("x", "w"), "y", attribute("broadcast", 1L)),
          "has the attributes [broadcast]");
    }

    @Test
    void productsWithTheFeaturesOnTheRight() throws Exception {
      assertArtifact(
          identity().node("MatMul", List.of("w", "x"), "y"), "takes the features as its second");
    }
  }
}
