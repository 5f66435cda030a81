package io.logitflow.generator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdxFileTest {
  @TempDir private Path folder;

  @Test
  void plainAndPackedFilesHoldTheSame() throws Exception {
    byte[] bytes = idx(0x803, new int[] {2, 1, 3}, 1, 2, 3, 4, 5, 255);
    for (IdxFile file : new IdxFile[] {read("a", bytes, 3), read("a.gz", packed(bytes), 3)}) {
      assertThat(file.dimension(0)).isEqualTo(2);
      assertThat(file.dimension(1)).isEqualTo(1);
      assertThat(file.dimension(2)).isEqualTo(3);
      assertThat(file.values()).containsExactly(1, 2, 3, 4, 5, -1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7, 15})
  void headerThatEndsEarlyIsRefused(int length) throws Exception {
    byte[] bytes = Arrays.copyOf(idx(0x803, new int[] {1, 1, 1}, 9), length);
    assertThatThrownBy(() -> read("short", bytes, 3))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("short: ends within its header");
  }

  @Test
  void valuesThatEndEarlyAreRefused() throws Exception {
    byte[] bytes = idx(0x801, new int[] {10}, 1, 2, 3);
    assertThatThrownBy(() -> read("labels", bytes, 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("labels: ends after 3 of 10 values");
  }

  @Test
  void packedFileThatEndsEarlyIsRefused() throws Exception {
    byte[] whole = packed(idx(0x801, new int[] {6}, 1, 2, 3, 4, 5, 6));
    byte[] cut = Arrays.copyOf(whole, whole.length - 9);
    assertThatThrownBy(() -> read("cut.gz", cut, 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("cut.gz");
  }

  @Test
  void fileThatIsNotPackedUnderAPackedNameIsRefused() throws Exception {
    byte[] bytes = idx(0x801, new int[] {1}, 1);
    assertThatThrownBy(() -> read("plain.gz", bytes, 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("plain.gz cannot be read: Not in GZIP format");
  }

  @Test
  void valuesBehindTheLastAreRefused() throws Exception {
    byte[] bytes = idx(0x801, new int[] {2}, 1, 2, 3);
    assertThatThrownBy(() -> read("labels", bytes, 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("goes on after the 2 values");
  }

  @Test
  void otherMagicNumberIsRefused() throws Exception {
    byte[] bytes = idx(0x801, new int[] {1}, 1);
    assertThatThrownBy(() -> read("labels", bytes, 3))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("magic number 0x00000801, expected 0x00000803");
  }

  @Test
  void dimensionsBeyondAnyMemoryAreRefusedWithoutTakingIt() throws Exception {
    int most = Integer.MAX_VALUE;
    byte[] product = idx(0x803, new int[] {most, most, most}, 1);
    assertThatThrownBy(() -> read("product", product, 3))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("less than 2 GiB");
    byte[] promised = idx(0x803, new int[] {1_000_000, 28, 28}, 1);
    long before = allocated();
    assertThatThrownBy(() -> read("promised", promised, 3))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("ends after 1 of 784000000 values");
    assertThat(allocated() - before).isLessThan(4_000_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void dimensionBelowOneIsRefused(int dimension) throws Exception {
    byte[] bytes = idx(0x803, new int[] {5, dimension, 5});
    assertThatThrownBy(() -> read("zero", bytes, 3))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("[5, " + dimension + "], expected at least 1");
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> IdxFile.read(new Source.OnDisk(folder.resolve("none")), 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("none cannot be read");
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private IdxFile read(String name, byte[] bytes, int rank) throws Exception {
    Path file = Files.write(folder.resolve(name), bytes);
    return IdxFile.read(new Source.OnDisk(file), rank);
  }

  static byte[] idx(int magic, int[] dimensions, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
    bytes.putInt(magic);
    for (int dimension : dimensions) {
      bytes.putInt(dimension);
    }
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.array();
  }

  static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
