package io.logitflow.launcher.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.logitflow.classifier.Contributions;
import java.util.HexFormat;

/** An explanation as JSON, with the contributions of every feature to every class. */
final class ExplanationJson {

  private ExplanationJson() {}

  /** The JSON; a distance that does not exist is null. */
  static String of(Explanation explanation) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", explanation.model().name());
    json.put("version", explanation.model().version());
    json.put("weightsChecksum", HexFormat.of().formatHex(explanation.model().weightsChecksum()));
    json.put("record", explanation.record().origin());
    json.put("mean", explanation.mean().origin());
    json.put("class", explanation.targetName());
    json.put("against", explanation.rivalName());
    Contributions contributions = explanation.contributions();
    ArrayNode classes = json.putArray("classes");
    for (int k : explanation.classesByLogit()) {
      ObjectNode node = classes.addObject();
      node.put("class", explanation.model().classNames().get(k));
      node.put("probability", explanation.probabilities()[k]);
      node.put("logit", explanation.logits()[k]);
      node.put("calibratedLogit", explanation.calibratedLogits()[k]);
      double distance = explanation.distances()[k];
      node.put("distance", Double.isNaN(distance) ? null : distance);
      node.put("logitAtMean", contributions.logitAtReference(k));
      add(node.putArray("contributions"), contributions.ofClass(k));
    }
    ArrayNode names = json.putArray("featureNames");
    ArrayNode values = json.putArray("features");
    for (int i = 0; i < explanation.view().featureCount(); i++) {
      names.add(explanation.names().of(i));
      values.add(explanation.record().features()[i]);
    }
    add(json.putArray("meanRecord"), explanation.mean().values());
    return json.toPrettyString();
  }

  private static void add(ArrayNode array, double[] values) {
    for (double value : values) {
      array.add(value);
    }
  }
}
