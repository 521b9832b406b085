package dev.vigie.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A bar is for people; whoever reads a file gets lines, and few of them. */
@NullUnmarked
class ProgressLineTest {

    private static String shown(boolean isTerminal) {
        var text = new StringWriter();
        var progress = new ProgressLine(new PrintWriter(text, true), isTerminal);
        for (int i = 0; i <= 1000; i++) {
            progress.show(i, 1000L, i + " of 1000");
        }
        progress.end();
        progress.end();
        return text.toString();
    }

    @Test
    void withoutATerminalThereAreElevenLinesAndNothingElse() {
        assertThat(shown(false).lines()).hasSize(11).first().isEqualTo("0 %  0 of 1000");
        assertThat(shown(false)).doesNotContain("\r", "\u001b", "#");
    }

    @Test
    void onATerminalItIsOneLineThatIsWrittenAnew() {
        assertThat(shown(true))
                .endsWith("[##############################] 100 %  1000 of 1000\u001b[K\n");
        assertThat(shown(true).chars().filter(c -> c == '\n').count()).isOne();
    }

    @Test
    void nothingOfNothingIsAll() {
        var text = new StringWriter();
        new ProgressLine(new PrintWriter(text, true), false).show(0, 0L, "none");

        assertThat(text.toString()).startsWith("100 %");
    }
}
