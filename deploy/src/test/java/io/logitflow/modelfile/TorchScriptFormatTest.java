package io.logitflow.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.classifier.Artifact;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.output.MultiLabelSigmoid;
import io.logitflow.modelfile.StatedTraits.Yields;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptFormatTest {

  private static final StatedTraits STATED =
      new StatedTraits(Optional.of(List.of(1, 8, 8)), Optional.of(Yields.logits), false);

  @TempDir private Path dir;

  @Test
  void aFileOfPyTorchBecomesAnArtifact() throws Exception {
    Path file = ExpectedRows.copy("convolutional.pt", dir);

    Model model =
        TorchScriptFormat.read(file, STATED)
            .builder()
            .name("m")
            .createdAt(Instant.EPOCH)
            .classNames(List.of("a", "b"))
            .build();

    Artifact artifact = model.artifact().orElseThrow();
    assertThat(artifact.format()).isEqualTo(Artifact.Format.TORCHSCRIPT);
    assertThat(artifact.inputShape()).containsExactly(1, 8, 8);
    assertThat(artifact.yieldsProbabilities()).isFalse();
    assertThat(artifact.content()).isEqualTo(Files.readAllBytes(file));
    assertThat(model.featureCount()).isEqualTo(64);
  }

  @Test
  void severalLabelsAreStated() throws Exception {
    StatedTraits stated =
        new StatedTraits(Optional.of(List.of(8, 16)), Optional.of(Yields.probabilities), true);

    Model model =
        TorchScriptFormat.read(ExpectedRows.copy("attention.pt", dir), stated)
            .builder()
            .name("m")
            .createdAt(Instant.EPOCH)
            .classNames(List.of("a"))
            .build();

    assertThat(model.outputFunction()).isEqualTo(new MultiLabelSigmoid(0.5));
    assertThat(model.artifact().orElseThrow().yieldsProbabilities()).isTrue();
  }

  @Test
  void whatTheFileDoesNotSayIsAskedFor() throws Exception {
    Path file = ExpectedRows.copy("convolutional.pt", dir);

    assertThatThrownBy(() -> TorchScriptFormat.read(file, StatedTraits.NONE))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContainingAll("convolutional.pt", "--input-shape", "--yields logits");
  }

  @Test
  void otherFilesAreRefused() throws Exception {
    byte[] valid = Files.readAllBytes(ExpectedRows.copy("convolutional.pt", dir));
    Path truncated = dir.resolve("truncated.pt");
    for (int length : new int[] {0, 10, valid.length / 2, valid.length - 1}) {
      Files.write(truncated, Arrays.copyOf(valid, length));
      assertThatThrownBy(() -> TorchScriptFormat.read(truncated, STATED))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("truncated.pt is no zip archive");
    }
    // As torch.save(module.state_dict()) lays it out.
    Path state = dir.resolve("state.pt");
    try (OutputStream out = Files.newOutputStream(state);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : List.of("state/data.pkl", "state/version", "state/data/0")) {
        zip.putNextEntry(new ZipEntry(name));
      }
    }
    assertThatThrownBy(() -> TorchScriptFormat.read(state, STATED))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("state.pt is a zip archive of 3 entries without")
        .hasMessageContaining("torch.jit.script");
  }
}
