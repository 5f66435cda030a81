package io.logitflow.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logitflow.connector.BadRecordException;
import io.logitflow.connector.wire.FeatureDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchPipelineTest {

  private final FeatureDecoder decoder = FeatureRecords.decoder();
  private final Mailbox mailbox = new Mailbox();
  private final Stages stages = new Stages();
  private final BatchPipeline pipeline =
      new BatchPipeline("test", mailbox, () -> new MicroBatch(4, 2), stages);

  @AfterEach
  void close() {
    stages.mayClassify.countDown();
    pipeline.close();
  }

  @Test
  void onTheTaskThreadABatchIsHandedOnAtOnce() throws Exception {
    add("a", "b");
    pipeline.score();

    assertThat(stages.handedOn).containsExactly("a b");
    assertThat(stages.threads).containsExactly(Thread.currentThread());
    assertThat(pipeline.collecting().isEmpty()).isTrue();
  }

  @Test
  void anEmptyBatchIsNotScored() {
    pipeline.score();
    pipeline.drain();

    assertThat(stages.handedOn).isEmpty();
  }

  @Test
  void theNextBatchIsCollectedWhileOneIsScoredBeside() throws Exception {
    stages.offloaded = true;
    add("a", "b");
    pipeline.score();
    add("c");
    assertThat(stages.handedOn).as("classifying waits").isEmpty();
    stages.mayClassify.countDown();
    pipeline.drain();

    assertThat(stages.handedOn).containsExactly("a b", "c");
    assertThat(stages.threads).doesNotContain(Thread.currentThread());
  }

  @Test
  void aBatchThatIsScoredIsHandedOnWithoutANextOne() throws Exception {
    stages.offloaded = true;
    stages.mayClassify.countDown();
    add("a");
    pipeline.score();
    mailbox.runNext();

    assertThat(stages.handedOn).containsExactly("a");
  }

  @Test
  void batchesAreHandedOnOnceAndInOrderWhateverMailsAreLate() throws Exception {
    stages.offloaded = true;
    stages.mayClassify.countDown();
    List<String> expected = new ArrayList<>();
    for (int batch = 0; batch < 20; batch++) {
      add("r" + batch);
      expected.add("r" + batch);
      pipeline.score();
      if (batch % 3 == 0) {
        mailbox.runNext();
      }
    }
    pipeline.drain();
    while (!mailbox.mails.isEmpty()) {
      mailbox.runNext();
    }

    assertThat(stages.handedOn).isEqualTo(expected);
  }

  @Test
  void whatFailsBesideFailsOnTheTaskThread() throws Exception {
    stages.offloaded = true;
    stages.failure = new IllegalStateException("the device is gone");
    stages.mayClassify.countDown();
    add("a");
    pipeline.score();

    assertThatThrownBy(pipeline::drain).hasMessageContaining("the device is gone");
    assertThat(stages.handedOn).isEmpty();
  }

  private void add(String... ids) throws BadRecordException {
    for (String id : ids) {
      pipeline
          .collecting()
          .add(FeatureRecords.run(FeatureRecords.record(id, 10, 1, 2)), 0, decoder);
    }
  }

  private static final class Stages implements BatchPipeline.Stages {

    private final CountDownLatch mayClassify = new CountDownLatch(1);
    private final List<String> handedOn = new ArrayList<>();
    private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    private boolean offloaded;
    private volatile RuntimeException failure;

    @Override
    public boolean isOffloaded() {
      return offloaded;
    }

    @Override
    public void classify(MicroBatch batch) {
      threads.add(Thread.currentThread());
      try {
        if (offloaded) {
          mayClassify.await();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public void handOn(MicroBatch batch) {
      List<String> ids = new ArrayList<>();
      for (int row = 0; row < batch.size(); row++) {
        ids.add(batch.row(row).id());
      }
      handedOn.add(String.join(" ", ids));
    }
  }

  /** Keeps mails until the test takes them. */
  private static final class Mailbox implements MailboxExecutor {

    private final BlockingQueue<ThrowingRunnable<? extends Exception>> mails =
        new LinkedBlockingQueue<>();

    @Override
    public void execute(
        MailOptions options,
        ThrowingRunnable<? extends Exception> command,
        String description,
        Object... arguments) {
      mails.add(command);
    }

    void runNext() throws Exception {
      mails.take().run();
    }

    @Override
    public void yield() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean tryYield() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean shouldInterrupt() {
      return false;
    }
  }
}
