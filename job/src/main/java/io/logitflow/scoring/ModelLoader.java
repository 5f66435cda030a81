package io.logitflow.scoring;

import io.logitflow.classifier.InvalidModelException;
import io.logitflow.classifier.LoadedModels;
import io.logitflow.classifier.Model;
import io.logitflow.classifier.Placement;
import io.logitflow.classifier.kernel.KernelChoice;
import io.logitflow.connector.wire.PredictionEncoder;
import io.logitflow.schema.ModelRole;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes, checks and warms up model versions on a thread of its own, so that the stream goes on
 * meanwhile, and hands the outcome over on the task thread. One at a time, in the order asked for;
 * the subtasks of a TaskManager {@linkplain LoadedModels share} what one of them has loaded.
 */
final class ModelLoader implements ModelLoading, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);

  private final ExecutorService thread;
  private final MailboxExecutor mailbox;
  private final KernelChoice kernel;
  private final Placement placement;
  private final byte[] predictionHeader;

  /** Loaded models that the task has not taken over yet. */
  private final Set<ServingModel> waiting = new HashSet<>();

  private boolean closed;

  ModelLoader(
      String threadName,
      MailboxExecutor mailbox,
      KernelChoice kernel,
      Placement placement,
      byte[] predictionHeader) {
    this.thread = Executors.newSingleThreadExecutor(work -> new EngineThread(work, threadName));
    this.mailbox = mailbox;
    this.kernel = kernel;
    this.placement = placement;
    this.predictionHeader = predictionHeader;
  }

  @Override
  public void load(String alias, ModelRole role, byte[] container, Listener listener) {
    thread.execute(
        () -> {
          try {
            handOver(alias, load(role, container), listener);
          } catch (InvalidModelException e) {
            mailbox.execute(() -> listener.refused(alias, e), "refuse a %s", alias);
          } catch (RejectedExecutionException e) {
            LOG.debug("The task ended while its {} was being loaded", alias);
          } catch (RuntimeException | Error e) {
            // A bug, not a bad model: fail the task.
            mailbox.execute(
                () -> {
                  throw new IllegalStateException("Loading the " + alias + " failed", e);
                },
                "fail loading the %s",
                alias);
          }
        });
  }

  private ServingModel load(ModelRole role, byte[] container) throws InvalidModelException {
    LoadedModels.LoadedModel loaded = LoadedModels.OF_JOB.acquire(container, kernel, placement);
    Model model = loaded.model();
    PredictionEncoder.ModelFields fields =
        new PredictionEncoder.ModelFields(
            model.name(),
            model.version(),
            role,
            model.calibrationVersion(),
            model.weightsChecksum());
    PredictionEncoder encoder =
        new PredictionEncoder(
            predictionHeader, fields, model.classNames(), model.outputFunction().labelThreshold());
    return new ServingModel(model, loaded.classifier(), encoder);
  }

  /** The task may end before it takes a model over: then nobody else would close it. */
  private void handOver(String alias, ServingModel model, Listener listener) {
    synchronized (waiting) {
      if (closed) {
        model.close();
        return;
      }
      waiting.add(model);
    }
    mailbox.execute(
        () -> {
          synchronized (waiting) {
            waiting.remove(model);
          }
          listener.loaded(alias, model);
        },
        "serve %s",
        model.describe());
  }

  /** Stops loading. Models that the task has not taken over are closed. */
  @Override
  public void close() {
    thread.shutdownNow();
    synchronized (waiting) {
      closed = true;
      waiting.forEach(ServingModel::close);
      waiting.clear();
    }
  }
}
