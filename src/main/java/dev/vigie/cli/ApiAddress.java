package dev.vigie.cli;

import dev.vigie.config.EffectiveConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which service a command talks to, and as whom. */
final class ApiAddress {

    private static final int LONGEST_TOKEN = 4096;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the service is; vigie.base-url if not given.")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file with an API token. Without it the token is taken from the environment"
                            + " variable VIGIE_TOKEN; it can be no argument, since others could"
                            + " read it in the list of processes.")
    private @Nullable Path tokenFile;

    ApiClient client() {
        return new ApiClient(address(), token());
    }

    private URI address() {
        String given =
                url != null
                        ? url
                        : EffectiveConfig.ofThisProcess().value("vigie.base-url").orElse("");
        try {
            URI address = URI.create(given);
            if (address.getHost() != null
                    && ("http".equals(address.getScheme())
                            || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw usage("'%s' is no address such as https://vigie.example.org.".formatted(given));
    }

    private String token() {
        String token = tokenFile == null ? System.getenv("VIGIE_TOKEN") : read(tokenFile);
        if (token == null || token.isBlank()) {
            throw usage(
                    tokenFile == null
                            ? "A token is needed, in the environment variable VIGIE_TOKEN or in a"
                                    + " file that --token-file names."
                            : "There is no token in %s.".formatted(tokenFile));
        }
        if (!token.strip().matches("[!-~]+")) {
            throw usage("What should be a token has characters that no token has.");
        }
        return token.strip();
    }

    private String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_TOKEN), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new CommandFailedException("%s cannot be read.".formatted(file));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
