package io.logitflow.classifier.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exact values by mpmath with 60 digits; the resources' README says where they come from. */
class GoldenOutputFunctionsTest {

  /** Of float64 arithmetic, far within the numerics contract. */
  private static final double TOLERANCE = 1e-13;

  private static JsonNode golden() {
    try (InputStream in =
        OutputFunction.class.getResourceAsStream(
            "/io/logitflow/classifier/reference/golden.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static double[] numbers(JsonNode array) {
    return each(array).mapToDouble(JsonNode::asDouble).toArray();
  }

  static Stream<Arguments> cases() {
    JsonNode golden = golden();
    return Stream.of(
            each(golden.get("softmax")).map(c -> arguments("softmax", new Softmax(), c, 1)),
            each(golden.get("temperature_softmax"))
                .map(c -> arguments("temperature", new Softmax(), c, c.get("T").asDouble())),
            each(golden.at("/topk_softmax/cases"))
                .map(c -> arguments("top k", new TopKSoftmax(c.get("k").asInt()), c, 1)),
            each(golden.at("/topp_softmax/cases"))
                .map(c -> arguments("top p", new TopPSoftmax(c.get("top_p").asDouble()), c, 1)),
            each(golden.at("/sparsemax/cases"))
                .map(c -> arguments("sparsemax", new Sparsemax(), c, 1)),
            each(golden.at("/entmax15/cases")).map(c -> arguments("entmax", new Entmax15(), c, 1)),
            Stream.of(
                arguments("sigmoid", new MultiLabelSigmoid(0.5), golden.get("sigmoid"), 1),
                arguments("labels", new MultiLabelSigmoid(0.5), golden.get("multilabel_bce"), 1)))
        .flatMap(stream -> stream);
  }

  private static Arguments arguments(
      String what, OutputFunction function, JsonNode c, double temperature) {
    double[] logits =
        Arrays.stream(numbers(c.get("z"))).map(logit -> logit / temperature).toArray();
    return Arguments.of(
        what + " " + function + " of " + Arrays.toString(logits),
        function,
        logits,
        numbers(c.get("p")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void probabilitiesAreExact(
      String name, OutputFunction function, double[] logits, double[] expected) {
    assertThat(function.logits(logits)).isSameAs(logits);
    assertClose(function.probabilities(logits, 7), expected);
  }

  static Stream<JsonNode> trees() {
    return each(golden().at("/hierarchical_softmax/cases"));
  }

  @ParameterizedTest
  @MethodSource("trees")
  void treeIsExact(JsonNode c) {
    // ((0,1),(2,(3,4))): node 1 has the classes 0 and 1, node 2 class 2 and node 3.
    TreeSoftmax tree = new TreeSoftmax(List.of(1, -1, -3, -4), List.of(2, -2, 3, -5));
    double[] scores = numbers(c.get("node_score"));
    assertThat(tree.classes(scores.length)).isEqualTo(5);
    double[] logits = tree.logits(scores);
    assertClose(logits, numbers(c.get("log_p")));
    assertClose(tree.probabilities(logits, 7), numbers(c.get("p")));
  }

  static Stream<JsonNode> twoLevels() {
    return Stream.of(golden().get("two_level_softmax"));
  }

  @ParameterizedTest
  @MethodSource("twoLevels")
  void twoLevelsAreExact(JsonNode c) {
    Integer[] groupOfClass = new Integer[c.get("p").size()];
    for (int group = 0; group < c.get("groups").size(); group++) {
      for (JsonNode k : c.get("groups").get(group)) {
        groupOfClass[k.asInt()] = group;
      }
    }
    TwoLevelSoftmax function = new TwoLevelSoftmax(List.of(groupOfClass));
    double[] scores =
        Stream.concat(each(c.get("group_logits")), each(c.get("leaf_logits")))
            .mapToDouble(JsonNode::asDouble)
            .toArray();
    assertThat(function.classes(scores.length)).isEqualTo(groupOfClass.length);
    assertClose(function.probabilities(function.logits(scores), 7), numbers(c.get("p")));
  }

  static Stream<JsonNode> samples() {
    return each(golden().at("/gumbel_softmax/cases"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void sampleWithGivenNoiseIsExact(JsonNode c) {
    GumbelSoftmax function = new GumbelSoftmax(c.get("T").asDouble(), 3);
    double[] uniform = numbers(golden().at("/gumbel_softmax/u"));
    double[] p = function.probabilities(numbers(c.get("z")), uniform);
    assertClose(p, numbers(c.get("p")));
    int hard = c.get("hard").asInt();
    assertThat(p[hard]).isEqualTo(Arrays.stream(p).max().orElseThrow());
  }

  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int k = 0; k < expected.length; k++) {
      double tolerance = TOLERANCE * Math.max(1, Math.abs(expected[k]));
      assertThat(actual[k]).as("class %d", k).isCloseTo(expected[k], within(tolerance));
    }
  }
}
