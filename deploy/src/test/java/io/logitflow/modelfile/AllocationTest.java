package io.logitflow.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.format.SafetensorsFormat;
import io.logitflow.modelfile.onnx.OnnxFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that claim to be large: what is allocated goes with what is there. */
class AllocationTest {

  /** Classes, messages and buffers of a first call; what is claimed is 1 GiB and more. */
  private static final long ENOUGH = 16L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path dir;

  /** Reads a file. */
  private interface Reading {
    void read(Path file) throws IOException, InvalidModelException;
  }

  private static void assertRefusedWithoutAllocation(Path file, Reading reading) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Throwable thrown = catchThrowable(() -> reading.read(file));
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(thrown)
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(file.getFileName().toString());
    assertThat(allocated).isLessThan(ENOUGH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'weight':{'dtype':'F32','shape':[2147483647,1],'data_offsets':[0,8589934588]}}",
        "{'weight':{'dtype':'F32','shape':[268435456,1],'data_offsets':[0,16]}}",
        "{'weight':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,16]}}",
        "{'0.weight':{'dtype':'F32','shape':[268435456,1],'data_offsets':[0,16]}}",
        "{'1000000000.weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]},"
            + "'1000000001.weight':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]}}",
      })
  void safetensorsOfHugeTensors(String header) throws Exception {
    byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text);

    assertRefusedWithoutAllocation(
        Files.write(dir.resolve("huge.safetensors"), bytes.array()), SafetensorsFormat::read);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 30, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, -1})
  void safetensorsOfHugeHeaders(long length) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put((byte) '{');

    assertRefusedWithoutAllocation(
        Files.write(dir.resolve("huge.safetensors"), bytes.array()), SafetensorsFormat::read);
  }

  /** Length-delimited fields, each within the one before, of which only the claim is there. */
  @ParameterizedTest
  @ValueSource(longs = {1L << 28, 1L << 30, Integer.MAX_VALUE, 1L << 32, -1})
  void onnxOfHugeFields(long length) throws Exception {
    int graph = 7;
    int initialiser = 5;
    int floatData = 4;
    int rawData = 9;
    for (List<Integer> path :
        List.of(
            List.of(graph),
            List.of(graph, initialiser),
            List.of(graph, initialiser, floatData),
            List.of(graph, initialiser, rawData))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int field : path) {
        bytes.write((field << 3) | 2);
        varint(bytes, length);
      }

      assertRefusedWithoutAllocation(
          Files.write(dir.resolve("huge.onnx"), bytes.toByteArray()),
          file -> OnnxFormat.read(file, StatedTraits.NONE));
    }
  }

  private static void varint(ByteArrayOutputStream bytes, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  @Test
  void zipArchivesOfHugeEntries() throws Exception {
    byte[] valid = Files.readAllBytes(ExpectedRows.copy("convolutional.pt", dir));
    ByteBuffer bytes = ByteBuffer.wrap(valid).order(ByteOrder.LITTLE_ENDIAN);
    // The end of the central directory: its size.
    bytes.putInt(valid.length - 22 + 12, Integer.MAX_VALUE);

    assertRefusedWithoutAllocation(
        Files.write(dir.resolve("huge.pt"), valid),
        file -> TorchScriptFormat.read(file, StatedTraits.NONE));
  }
}
