package io.logitflow.launcher.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.logitflow.classifier.Model;
import io.logitflow.connector.AliasAssignment;
import io.logitflow.connector.ModelCatalogue;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;

/** Model versions as JSON, for scripts. */
final class ModelJson {

  private ModelJson() {}

  /** An array of versions without the names of features. */
  static String list(ModelCatalogue catalogue, Collection<String> names) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (String name : names) {
      catalogue
          .versions(name)
          .values()
          .forEach(model -> array.add(of(catalogue.aliases(name).values(), model)));
    }
    return array.toPrettyString();
  }

  /** One version with all but its weights. */
  static String show(Collection<AliasAssignment> aliases, Model model) {
    ObjectNode json = of(aliases, model);
    model.featureNames().forEach(json.putArray("featureNames")::add);
    json.put("normalised", model.normaliser().isPresent());
    model.architecture().forEach(json.putArray("network")::add);
    json.put("goldenRows", model.goldenRows().size());
    return json.toPrettyString();
  }

  private static ObjectNode of(Collection<AliasAssignment> known, Model model) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model.name());
    json.put("version", model.version());
    ArrayNode aliases = json.putArray("aliases");
    for (AliasAssignment alias : known) {
      if (alias.version() == model.version()) {
        aliases.add(of(alias));
      }
    }
    json.put("createdAt", model.createdAt().toString());
    json.put("featureCount", model.featureCount());
    model.classNames().forEach(json.putArray("classNames")::add);
    ObjectNode calibration = json.putObject("calibration");
    calibration.put("version", model.calibrationVersion());
    calibration.put("temperature", model.calibration().temperature());
    ArrayNode biases = calibration.putArray("biases");
    Arrays.stream(model.calibration().biases()).forEach(biases::add);
    json.put("weightsChecksum", HexFormat.of().formatHex(model.weightsChecksum()));
    ObjectNode provenance = json.putObject("provenance");
    provenance.put("origin", model.provenance().origin());
    model.provenance().parentVersion().ifPresent(parent -> provenance.put("parentVersion", parent));
    provenance.put("codeVersion", model.provenance().codeVersion());
    provenance.put("source", model.provenance().source());
    model.provenance().details().forEach(provenance.putObject("details")::put);
    return json;
  }

  private static JsonNode of(AliasAssignment alias) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("alias", alias.alias());
    json.put("changedAt", alias.changedAt().toString());
    json.put("changedBy", alias.changedBy());
    json.put("reason", alias.reason());
    return json;
  }
}
