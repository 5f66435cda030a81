package io.logitflow.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SingleObjectsTest {

  private static final ModelAlias ALIAS =
      ModelAlias.newBuilder()
          .setModel("m")
          .setAlias("champion")
          .setVersion(7)
          .setChangedAt(Instant.ofEpochMilli(5))
          .setReason("ü")
          .build();
  private static final byte[] BYTES = SingleObjects.encode(ModelAlias.getEncoder(), ALIAS);

  @Test
  void aRecordComesBack() throws Exception {
    assertThat(SingleObjects.decode(ModelAlias.class, BYTES)).isEqualTo(ALIAS);
    assertThat(SingleObjects.decode(ModelAlias.getDecoder(), BYTES)).isEqualTo(ALIAS);
  }

  @Test
  void aRecordOfAnotherSchemaIsRefused() {
    assertThatThrownBy(() -> SingleObjects.decode(Label.class, BYTES))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Begins with c301")
        .hasMessageEndingWith("expected the header of io.logitflow.schema.Label");
  }

  @Test
  void fewerBytesThanAHeaderAreRefused() {
    assertThatThrownBy(() -> SingleObjects.decode(ModelAlias.class, new byte[9]))
        .isInstanceOf(IOException.class)
        .hasMessage("9 bytes, expected a header of 10 and a record");
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < BYTES.length; length++) {
      byte[] truncated = Arrays.copyOf(BYTES, length);
      assertThatThrownBy(() -> SingleObjects.decode(ModelAlias.class, truncated))
          .as("%d bytes", length)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void bytesAfterTheRecordAreRefused() {
    byte[] longer = Arrays.copyOf(BYTES, BYTES.length + 1);

    assertThatThrownBy(() -> SingleObjects.decode(ModelAlias.class, longer))
        .isInstanceOf(IOException.class)
        .hasMessage("Bytes are left over after the io.logitflow.schema.ModelAlias");
  }

  @Test
  void aTextOf2GigabytesIsRefusedWithoutTheMemoryForIt() {
    byte[] hostile =
        ByteBuffer.allocate(15)
            .put(BYTES, 0, 10)
            .put(new byte[] {(byte) 0xEE, -1, -1, -1, 0x0F})
            .array();

    assertThatThrownBy(() -> SingleObjects.decode(ModelAlias.class, hostile))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whateverFollowsTheHeaderIsARecordOrAnIoException() {
    Random random = new Random(3);
    byte[] bytes = Arrays.copyOf(BYTES, 60);
    for (int round = 0; round < 20_000; round++) {
      byte[] tail = new byte[50];
      random.nextBytes(tail);
      System.arraycopy(tail, 0, bytes, 10, tail.length);
      try {
        assertThat(SingleObjects.decode(ModelAlias.class, bytes)).isNotNull();
      } catch (IOException e) {
        assertThat(e.getMessage()).isNotNull();
      }
    }
  }
}
