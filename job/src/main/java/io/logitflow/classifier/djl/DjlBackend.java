package io.logitflow.classifier.djl;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import io.logitflow.classifier.Artifact;
import io.logitflow.classifier.Backend;
import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.Network;
import io.logitflow.classifier.Placement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Runs TorchScript files on PyTorch, on CPUs and GPUs, and ONNX files on ONNX Runtime, on CPUs. */
public final class DjlBackend implements Backend {

  /** A network that was exported for a fixed number of rows fails with more than one. */
  private static final int PROBE_ROWS = 2;

  private static final SharedModels SHARED = new SharedModels();

  @Override
  public Network load(Artifact artifact, int outputs, Placement placement)
      throws InvalidModelException {
    DjlEngine djlEngine = DjlEngine.of(artifact.format());
    Engine engine = djlEngine.start();
    Device device = djlEngine.device(engine, placement);
    byte[] content = artifact.content();
    SharedModels.Key key = new SharedModels.Key(sha256(content), djlEngine, device.toString());
    Model model = SHARED.acquire(key, () -> load(engine, device, djlEngine, artifact, content));
    DjlNetwork network =
        new DjlNetwork(model, artifact.inputShape(), outputs, () -> SHARED.release(key));
    try {
      synchronized (model) {
        probe(network, artifact, djlEngine, outputs);
      }
    } catch (InvalidModelException | RuntimeException | Error e) {
      network.close();
      throw e;
    }
    return network;
  }

  /** Number of networks whose weights are in memory. */
  static int loadedCount() {
    return SHARED.size();
  }

  private static Model load(
      Engine engine, Device device, DjlEngine djlEngine, Artifact artifact, byte[] content)
      throws InvalidModelException {
    Model model = engine.newModel("artifact", device);
    try {
      model.load(new ByteArrayInputStream(content), djlEngine.loadOptions());
      // DJL makes an empty folder for each file that comes from memory.
      Files.deleteIfExists(model.getModelPath());
      return model;
    } catch (MalformedModelException | EngineException e) {
      model.close();
      throw new InvalidModelException(
          "artifact %s cannot be loaded by %s: %s"
              .formatted(artifact, djlEngine, Causes.innermost(e)),
          e);
    } catch (IOException e) {
      model.close();
      throw new UncheckedIOException(e);
    }
  }

  /** Runs rows of zeros. The first run of a network also settles that it infers, not trains. */
  private static void probe(DjlNetwork network, Artifact artifact, DjlEngine djlEngine, int outputs)
      throws InvalidModelException {
    int inputs = artifact.inputShape().stream().reduce(1, Math::multiplyExact);
    try {
      network.run(new float[PROBE_ROWS * inputs], PROBE_ROWS, new float[PROBE_ROWS * outputs]);
    } catch (EngineException
        | UnexpectedOutputException
        | IllegalArgumentException
        | UnsupportedOperationException e) {
      throw new InvalidModelException(
          "artifact %s cannot be run on %d rows of shape %s by %s: %s"
              .formatted(
                  artifact, PROBE_ROWS, artifact.inputShape(), djlEngine, Causes.innermost(e)),
          e);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
