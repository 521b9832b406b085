package dev.vigie.cli;

import picocli.CommandLine.Command;

/** Is here for its help; who says nothing more than {@code serve} means the service. */
@Command(
        name = "serve",
        description = {
            "Runs the service, as no command does. What is wrong with the settings is said before"
                    + " it starts.",
            "%nExamples:",
            "  VIGIE_DEMO=true vigie serve",
            "  VIGIE_DATA_DIR=/var/lib/vigie QUARKUS_HTTP_PORT=8443 vigie%n"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It was stopped.",
            "1:It cannot start; standard error says why.",
            "2:It was not understood."
        })
final class ServeCommand implements Runnable {

    @Override
    public void run() {
        throw new CommandFailedException("serve takes no options.");
    }
}
