package io.logitflow.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What travels between operators is serialised by Flink itself and never by Kryo. */
class RecordTypesTest {

  @ParameterizedTest
  @ValueSource(classes = {ConsumedRecord.class, ProducedRecord.class})
  void noRecordFallsBackToKryo(Class<?> type) {
    TypeInformation<?> information = TypeInformation.of(type);
    assertThat(information).isInstanceOf(PojoTypeInfo.class);
    PojoTypeInfo<?> fields = (PojoTypeInfo<?>) information;
    for (int i = 0; i < fields.getArity(); i++) {
      assertThat((Object) fields.getTypeAt(i))
          .as(fields.getFieldNames()[i])
          .isNotInstanceOf(GenericTypeInfo.class);
    }

    SerializerConfigImpl withoutKryo = new SerializerConfigImpl();
    withoutKryo.setGenericTypes(false);
    assertThat(information.createSerializer(withoutKryo)).isInstanceOf(PojoSerializer.class);
  }

  @Test
  void aRecordComesBackFromItsSerialiser() throws Exception {
    ConsumedRecord record = new ConsumedRecord("t", 1, 2L, 3L, new byte[] {4}, new byte[] {5, 6});
    TypeSerializer<ConsumedRecord> serialiser =
        TypeInformation.of(ConsumedRecord.class).createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serialiser.serialize(record, out);
    ConsumedRecord back = serialiser.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

    assertThat(back.place()).isEqualTo("t-1@2");
    assertThat(back.timestamp()).isEqualTo(3);
    assertThat(back.key()).isEqualTo(record.key());
    assertThat(back.value()).isEqualTo(record.value());
  }

  @Test
  void aRunIsNotSerialised() {
    TypeSerializer<RecordRun> serialiser =
        new RecordRunType().createSerializer(new SerializerConfigImpl());
    RecordRun run = new RecordRun.Builder("t", 0).add(1, 1, null, null).build();

    assertThat(serialiser.copy(run)).isSameAs(run);
    assertThatIllegalStateException()
        .isThrownBy(() -> serialiser.serialize(run, new DataOutputSerializer(64)))
        .withMessageContaining("pipeline.operator-chaining.enabled");
  }
}
