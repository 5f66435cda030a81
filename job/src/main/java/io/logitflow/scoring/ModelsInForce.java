package io.logitflow.scoring;

import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The containers of the model versions that serve, by alias: the only state of the scoring. It is
 * broadcast state, so every subtask finds all of it after a restore at any parallelism, and goes on
 * with the models that were in force even when the models topic cannot be read.
 */
final class ModelsInForce implements ServingModels.Memory {

  static final MapStateDescriptor<String, byte[]> DESCRIPTOR =
      new MapStateDescriptor<>(
          "models-in-force", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private final BroadcastState<String, byte[]> state;

  ModelsInForce(BroadcastState<String, byte[]> state) {
    this.state = state;
  }

  @Override
  public byte[] get(String alias) throws Exception {
    return state.get(alias);
  }

  @Override
  public void put(String alias, byte[] container) throws Exception {
    state.put(alias, container);
  }

  @Override
  public Set<String> aliases() throws Exception {
    Set<String> aliases = new HashSet<>();
    state.iterator().forEachRemaining(entry -> aliases.add(entry.getKey()));
    return aliases;
  }

  @Override
  public void remove(String alias) throws Exception {
    state.remove(alias);
  }
}
