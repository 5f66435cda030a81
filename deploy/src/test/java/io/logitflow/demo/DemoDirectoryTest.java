package io.logitflow.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoDirectoryTest {
  @TempDir Path parent;

  @Test
  void nothingIsLeftBehind() throws Exception {
    try (DemoDirectory directory = DemoDirectory.create(parent, 0)) {
      fill(directory);
    }

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void afterAFailureTheLogIsLeftBehind() throws Exception {
    Path log;
    try (DemoDirectory directory = DemoDirectory.create(parent, 0)) {
      fill(directory);
      directory.keepLogAtEnd();
      log = directory.log();
    }

    assertThat(log).exists();
    assertThat(log.getParent()).isDirectoryNotContaining("glob:**broker");
  }

  @Test
  void everythingIsLeftBehindOnRequest() throws Exception {
    Path broker;
    try (DemoDirectory directory = DemoDirectory.create(parent, 0)) {
      fill(directory);
      directory.keep();
      broker = directory.broker();
    }

    assertThat(broker.resolve("segment")).exists();
  }

  @Test
  void aFullDiskIsNamedWithWhatIsFreeAndWhatIsNeeded() {
    assertThatThrownBy(() -> DemoDirectory.create(parent, Long.MAX_VALUE))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining(parent.toString())
        .hasMessageContaining(" MB free and this run needs 9,223,372,036,854 MB")
        .hasMessageContaining("--data-dir");
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void aParentThatIsAFileIsRefused() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));

    assertThatThrownBy(() -> DemoDirectory.create(file, 0))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("no directory can be made in " + file);
  }

  private static void fill(DemoDirectory directory) throws IOException {
    Files.createDirectories(directory.broker());
    Files.createFile(directory.broker().resolve("segment"));
    Files.createFile(directory.log());
  }
}
