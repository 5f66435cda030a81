package io.logitflow.modelfile;

import io.logitflow.classifier.Artifact;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What {@code torch.jit.save} writes: a zip archive of one folder with {@code data.pkl}, {@code
 * constants.pkl} and {@code code/}. Only that is checked here; what it computes, its engine finds
 * out. Input shape and output stand nowhere in the file.
 */
public final class TorchScriptFormat {

  private TorchScriptFormat() {}

  /**
   * Reads a file.
   *
   * @throws IOException if the file cannot be read
   * @throws InvalidModelException if it is not such a file, or something is not stated that must be
   */
  public static ImportedNetwork read(Path file, StatedTraits stated)
      throws IOException, InvalidModelException {
    byte[] content = Files.readAllBytes(file);
    check(file);
    List<String> missing = new ArrayList<>();
    if (stated.inputShape().isEmpty()) {
      missing.add("--input-shape (of one record, e.g. 1,28,28)");
    }
    if (stated.yields().isEmpty()) {
      missing.add("--yields logits or --yields probabilities");
    }
    if (!missing.isEmpty()) {
      throw new InvalidModelException(
          "%s: a TorchScript file does not say what goes in and comes out: add %s"
              .formatted(file, String.join(" and ", missing)));
    }
    Model.Builder builder =
        Model.builder()
            .artifact(
                stated.artifact(
                    Artifact.Format.TORCHSCRIPT,
                    stated.inputShape().get(),
                    stated.yields().get(),
                    content))
            .outputFunction(stated.outputFunction());
    return new ImportedNetwork(builder, Map.of());
  }

  private static void check(Path file) throws IOException, InvalidModelException {
    List<String> names;
    try (ZipFile archive = new ZipFile(file.toFile())) {
      names = archive.stream().map(entry -> entry.getName()).toList();
    } catch (ZipException e) {
      throw new InvalidModelException(
          "%s is no zip archive, as torch.jit.save writes: %s".formatted(file, e.getMessage()), e);
    }
    if (!has(names, "/data.pkl") || !has(names, "/constants.pkl") || !hasCode(names)) {
      throw new InvalidModelException(
          ("%s is a zip archive of %d entries without data.pkl, constants.pkl and code/, so no"
               + " TorchScript: save it with torch.jit.script(module).save(), or the state_dict()"
               + " of linear layers with safetensors")
              .formatted(file, names.size()));
    }
  }

  private static boolean has(List<String> names, String end) {
    return names.stream()
        .anyMatch(name -> name.endsWith(end) && name.indexOf('/') == name.length() - end.length());
  }

  private static boolean hasCode(List<String> names) {
    return names.stream().anyMatch(name -> name.startsWith("code/", name.indexOf('/') + 1));
  }
}
