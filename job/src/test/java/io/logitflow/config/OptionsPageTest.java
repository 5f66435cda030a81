package io.logitflow.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsPageTest {

  private static final String WRITE = "logitflow.options.write";

  private static final String COMMAND =
      "mvn -q -B -pl job -am test -Dtest=OptionsPageTest -Dsurefire.failIfNoSpecifiedTests=false -D"
          + WRITE
          + "=true";

  /** Tests run in the folder of their module. */
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void thePageIsWhatTheOptionsSay() throws IOException {
    if (Boolean.getBoolean(WRITE)) {
      Files.createDirectories(PAGE.getParent());
      OptionsPage.main(new String[] {PAGE.toString()});
    }

    String page = Files.exists(PAGE) ? Files.readString(PAGE) : "";

    assertThat(page)
        .withFailMessage(() -> "docs/configuration.md is stale; write it with\n  " + COMMAND)
        .isEqualTo(OptionsPage.markdown());
  }

  @Test
  void everyOptionIsOnThePageOnceAndInTheHelpOfItsJobsWithAnEffect() {
    for (OptionGroup group : OptionGroups.ALL) {
      for (OptionGroup.Entry<?> entry : group.entries()) {
        String key = entry.option().key();
        assertThat(OptionsPage.markdown()).containsOnlyOnce("\n| `" + key + "` |");
        assertThat(OptionText.description(entry.option())).as(key).endsWith(".");
        for (JobOptions job : JobOptions.values()) {
          assertThat(OptionsPage.text(job).lines())
              .as("%s in the help of %s", key, job)
              .filteredOn(line -> line.equals("  --" + key) || line.startsWith("  --" + key + " "))
              .hasSize(entry.jobs().contains(job) ? 1 : 0);
        }
      }
    }
  }

  @Test
  void thePageSaysWhichJobsHaveAnOption() {
    assertThat(OptionsPage.markdown())
        .contains("| `bootstrap-servers` | all | **required** |")
        .contains("| `prediction-wire-format` | scoring, feedback, replay | `single-object` |")
        .contains("| `kernel` | scoring, replay | `auto` |")
        .contains("| `maturity` | feedback, training | `10 min` |");
  }

  @Test
  void helpFitsATerminalAndNamesDefaultsAndWhatIsAccepted() {
    assertThat(OptionsPage.text(JobOptions.FEEDBACK).lines()).allMatch(line -> line.length() < 80);
    assertThat(OptionsPage.text(JobOptions.SCORING).lines()).allMatch(line -> line.length() < 80);
    assertThat(OptionsPage.text(JobOptions.SCORING))
        .contains(
            """
            --bootstrap-servers (required)
                Brokers to ask for all the others.\
            """
                .indent(2)
                .stripTrailing())
        .contains("  --micro-batch-delay (default 5 ms)\n")
        .contains("      Accepts 1 ms to 1 min.\n");
  }
}
