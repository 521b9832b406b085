package dev.vigie.config;

import dev.vigie.net.Cidr;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Settings that can be read, and would do harm. */
final class Dangers {

    private static final int SHORTEST_TOKEN = 16;
    private static final int FEWEST_CHARACTERS = 6;
    private static final int WIDEST_V4 = 8;
    private static final int WIDEST_V6 = 16;

    private static final Pattern WELL_KNOWN =
            Pattern.compile(
                    "(?i).*(change.?(me|it)|password|example|smoke|secret|(your|my|the|api|admin).?token"
                            + "|replace|1234567|qwertz|qwerty|deadbeef).*");
    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)localhost|.*\\.localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]");

    private static final String FORWARDING = "quarkus.http.proxy.proxy-address-forwarding";
    private static final String PROXIES = "quarkus.http.proxy.trusted-proxies";

    private final EffectiveConfig config;
    private final boolean insecure;
    private final List<String> refusals = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Dangers(EffectiveConfig config) {
        this.config = config;
        this.insecure = isOn("vigie.insecure");
        if (isProduction()) {
            weakToken();
            readableInTransit();
        }
        anybodysAddress();
        wideNetworks();
        logLists();
        refusals.addAll(SecretPlaces.refusals(config, insecure));
        warnings.addAll(SecretPlaces.warnings(config, insecure));
    }

    List<String> refusals() {
        return refusals;
    }

    List<String> warnings() {
        return warnings;
    }

    /** Those who develop or test use short tokens and what they please. */
    private boolean isProduction() {
        List<String> profiles = config.config().getProfiles();
        return !profiles.contains("test") && !profiles.contains("dev");
    }

    private boolean isOn(String key) {
        return config.value(key).filter(v -> v.matches("(?i)true|yes|on|y|t|1")).isPresent();
    }

    private void weakToken() {
        Optional<String> token = config.value("vigie.admin-token").filter(t -> !t.isBlank());
        if (token.isEmpty()) {
            return; // one is made
        }
        if (token.get().length() < SHORTEST_TOKEN) {
            refusals.add(
                    "vigie.admin-token must have at least 16 characters, from `openssl rand -hex 32`"
                            + " for instance.");
        } else if (WELL_KNOWN.matcher(token.get()).matches()
                || token.get().chars().distinct().count() < FEWEST_CHARACTERS) {
            refusals.add("vigie.admin-token can be guessed; take one from `openssl rand -hex 32`.");
        }
    }

    private void readableInTransit() {
        URI base = URI.create(config.value("vigie.base-url").orElseThrow());
        if (base.getScheme().equals("http")
                && !LOOPBACK.matcher(base.getHost()).matches()
                && !insecure) {
            refusals.add(
                    "vigie.base-url is %s, so tokens and alerts could be read on the way: put TLS in front of it, or set vigie.insecure=true."
                            .formatted(base));
        }
    }

    private void anybodysAddress() {
        if (isOn(FORWARDING) && config.value(PROXIES).filter(p -> !p.isBlank()).isEmpty()) {
            refusals.add(
                    "%s is on without %s, so whoever guesses tokens could say that they come from anywhere: name the addresses of your proxies."
                            .formatted(FORWARDING, PROXIES));
        }
    }

    private void wideNetworks() {
        for (String text : elements("vigie.webhook.allowed-networks")) {
            Cidr network = Cidr.parse(text);
            int widest = network.first().length == 4 ? WIDEST_V4 : WIDEST_V6;
            if (network.bits() < widest && !insecure) {
                refusals.add(
                        "vigie.webhook.allowed-networks has %s, which lets webhooks reach much more than a network of yours; /%d is the widest without vigie.insecure=true."
                                .formatted(network, widest));
            }
        }
    }

    /** The logs of the last good list are followed all the same. */
    private void logLists() {
        boolean isSigned = config.value("vigie.log-list.public-key").isPresent();
        logList("vigie.log-list.url", config.value("vigie.log-list.url").orElseThrow(), isSigned);
        for (String url : elements("vigie.log-list.extra")) {
            logList("vigie.log-list.extra", url, false);
        }
    }

    private void logList(String key, String text, boolean isSigned) {
        URI url = URI.create(text);
        if (url.getScheme().equals("http")
                && !isSigned
                && !LOOPBACK.matcher(url.getHost()).matches()) {
            warnings.add(
                    "%s is %s: whoever is on the way there can say which logs there are."
                            .formatted(key, url));
        }
        if (url.getScheme().equals("file") && !isThere(url)) {
            warnings.add(
                    "%s is %s, and no file is there: the logs of the last good list are followed until one is."
                            .formatted(key, url));
        }
    }

    private static boolean isThere(URI url) {
        try {
            return Files.isReadable(Path.of(url));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private List<String> elements(String key) {
        return config.value(key).stream()
                .flatMap(list -> Arrays.stream(Form.elements(list)))
                .map(String::strip)
                .toList();
    }
}
