package io.logitflow.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.connector.ConsumedRecord;
import io.logitflow.evaluation.LoggedOutput;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What travels between operators is serialised by Flink itself and never by Kryo. */
class ReplayTypesTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        AuditInput.class,
        AuditEvent.class,
        AuditPair.class,
        ReplayedFeatures.class,
        LoggedPrediction.class,
        RescoredRecord.class,
        LoggedRecord.class,
        Finding.class
      })
  void noTypeNeedsKryo(Class<?> type) {
    SerializerConfigImpl withoutKryo = new SerializerConfigImpl();
    withoutKryo.setGenericTypes(false);
    assertThat(TypeInformation.of(type).createSerializer(withoutKryo)).isNotNull();
  }

  @Test
  void aPairComesBackFromItsSerialiser() throws Exception {
    AuditPair pair =
        new AuditPair(
            "r",
            new ReplayedFeatures(6, 7, new float[] {1, 2}, new int[] {4, 9}),
            new LoggedRecord(
                new ConsumedRecord("t", 1, 2, 3, null, new byte[] {5}),
                List.of(
                    new LoggedPrediction(
                        8,
                        false,
                        new LoggedOutput("ab", 2, 1, "b", 0.75f, new float[] {0.25f, 0.75f})),
                    new LoggedPrediction(
                        9, true, new LoggedOutput("cd", 0, 0, null, 0.5f, new float[] {0.5f})))),
            1);
    TypeSerializer<AuditPair> serialiser =
        TypeInformation.of(AuditPair.class).createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serialiser.serialize(pair, out);
    AuditPair back = serialiser.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

    assertThat(back).usingRecursiveComparison().isEqualTo(pair);
  }
}
