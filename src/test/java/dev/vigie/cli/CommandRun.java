package dev.vigie.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What came of a command. */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode =
                CommandLineTool.commands()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    static CommandRun of(List<String> arguments) {
        return of(arguments.toArray(String[]::new));
    }
}
