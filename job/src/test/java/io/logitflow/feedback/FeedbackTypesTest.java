package io.logitflow.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.logitflow.connector.ProducedRecord;
import io.logitflow.label.TrueLabel;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What travels to the join comes back from Flink's own serialisers, and never meets Kryo. */
class FeedbackTypesTest {

  private static ServedPrediction prediction(long version, boolean challenger) {
    return new ServedPrediction(
        5, null, version, 2, challenger, 1, new float[] {0.25f, 0.75f}, new float[] {-1, 1});
  }

  private static FeedbackInput back(FeedbackInput input) throws Exception {
    SerializerConfigImpl withoutKryo = new SerializerConfigImpl();
    withoutKryo.setGenericTypes(false);
    TypeSerializer<FeedbackInput> serialiser =
        TypeInformation.of(FeedbackInput.class).createSerializer(withoutKryo);
    DataOutputSerializer out = new DataOutputSerializer(64);
    serialiser.serialize(input, out);
    return serialiser.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }

  @Test
  void predictionsComeBackWithTheirShadows() throws Exception {
    FeedbackInput input =
        new FeedbackInput(
            FeedbackEvent.predicted("a", List.of(prediction(1, false), prediction(2, true))), null);
    assertThat(back(input)).isEqualTo(input);
  }

  @Test
  void aLabelComesBack() throws Exception {
    FeedbackInput input =
        new FeedbackInput(FeedbackEvent.labelled("a", TrueLabel.ofName(9, "cat", null)), null);
    assertThat(back(input)).isEqualTo(input);
  }

  @Test
  void aDeadLetterComesBack() throws Exception {
    FeedbackInput input =
        new FeedbackInput(null, new ProducedRecord(new byte[] {1}, new byte[] {2}, 3));
    assertThat(back(input)).usingRecursiveComparison().isEqualTo(input);
  }
}
