package dev.vigie.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Shows how far something is: as a bar on a terminal, else as a line now and then. */
final class ProgressLine {

    private static final int WIDTH = 30;
    private static final int STEP = 10;
    private static final String TO_LINE_START = "\r";
    private static final String CLEAR_REST = "\u001b[K";

    private final PrintWriter out;
    private final boolean isTerminal;
    private long lastStep = -1;
    private boolean isOpen;

    ProgressLine(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /**
     * Shows it if it is news.
     *
     * @param total null if nobody knows
     */
    void show(long done, @Nullable Long total, String text) {
        int percent = total == null ? 0 : total == 0 ? 100 : (int) (100 * done / total);
        if (isTerminal) {
            int full = WIDTH * percent / 100;
            out.print(
                    TO_LINE_START
                            + "[%s%s] %3d %%  %s"
                                    .formatted(
                                            "#".repeat(full),
                                            " ".repeat(WIDTH - full),
                                            percent,
                                            text)
                            + CLEAR_REST);
            out.flush();
            isOpen = true;
        } else if (percent / STEP != lastStep) {
            lastStep = percent / STEP;
            out.println("%d %%  %s".formatted(percent, text));
        }
    }

    /** What is printed now stands on a line of its own. */
    void end() {
        if (isOpen) {
            out.println();
            isOpen = false;
        }
    }
}
