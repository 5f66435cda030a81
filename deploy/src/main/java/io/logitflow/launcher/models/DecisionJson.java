package io.logitflow.launcher.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.logitflow.schema.Decision;
import java.util.List;
import java.util.TreeMap;

/** Decisions as JSON, for scripts. */
final class DecisionJson {

  private DecisionJson() {}

  static String of(List<Decision> decisions) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Decision decision : decisions) {
      ObjectNode json = array.addObject();
      json.put("decidedAt", decision.getDecidedAt().toString());
      json.put("eventTime", decision.getEventTime().toString());
      json.put("job", decision.getJob());
      json.put("model", decision.getModel());
      json.put("kind", decision.getKind().name());
      json.put("outcome", decision.getOutcome().name());
      json.put("modelVersion", decision.getModelVersion());
      json.put("candidateVersion", decision.getCandidateVersion());
      json.put("reason", decision.getReason());
      ObjectNode evidence = json.putObject("evidence");
      new TreeMap<>(decision.getEvidence()).forEach(evidence::put);
      ObjectNode details = json.putObject("details");
      new TreeMap<>(decision.getDetails()).forEach(details::put);
    }
    return array.toPrettyString();
  }
}
