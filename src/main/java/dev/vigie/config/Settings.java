package dev.vigie.config;

import static dev.vigie.config.Form.BEAT;
import static dev.vigie.config.Form.EXISTING_FILE;
import static dev.vigie.config.Form.FOLDER_OR_FILE;
import static dev.vigie.config.Form.KEPT;
import static dev.vigie.config.Form.KEY;
import static dev.vigie.config.Form.KEYS;
import static dev.vigie.config.Form.LIST_ADDRESS;
import static dev.vigie.config.Form.LIST_ADDRESSES;
import static dev.vigie.config.Form.MEMORY;
import static dev.vigie.config.Form.NETWORKS;
import static dev.vigie.config.Form.PUBLIC_KEY;
import static dev.vigie.config.Form.RATE;
import static dev.vigie.config.Form.START;
import static dev.vigie.config.Form.TEXT;
import static dev.vigie.config.Form.TIME;
import static dev.vigie.config.Form.TIMES;
import static dev.vigie.config.Form.TIME_OR_OFF;
import static dev.vigie.config.Form.TIME_OR_ZERO;
import static dev.vigie.config.Form.TRUTH;
import static dev.vigie.config.Form.WEB_ADDRESS;
import static dev.vigie.config.Form.number;

import java.util.List;
import java.util.Optional;

/**
 * All settings of Vigie. What they mean is said where they are declared, and in the README; a test
 * holds the three together.
 */
final class Settings {

    private static final int MOST = Integer.MAX_VALUE;
    private static final int LAST_FACILITY = 23;

    static final List<Setting> ALL =
            List.of(
                    of("vigie.access.guesses-per-minute", "10", number(1, MOST)),
                    of("vigie.access.oidc-claim", "email", TEXT),
                    of("vigie.access.session-idle", "30m", TIME),
                    of("vigie.access.session-longest", "12h", TIME),
                    secret("vigie.admin-token", TEXT),
                    of("vigie.api.request-time", "60s", TIME),
                    of("vigie.api.requests-per-minute", "600", number(1, MOST)),
                    of("vigie.base-url", "http://localhost:8080", WEB_ADDRESS),
                    of("vigie.canary.enabled", "true", TRUTH),
                    of("vigie.canary.interval", "1h", TIME),
                    of("vigie.canary.patience", "10m", TIME),
                    of("vigie.data-dir", "./data", FOLDER_OR_FILE),
                    of("vigie.delivery.lease", "2m", TIME),
                    of("vigie.delivery.retry-delays", "5s,5m,30m,2h,5h,10h,14h,20h,24h", TIMES),
                    of("vigie.demo", "false", TRUTH),
                    of("vigie.insecure", "false", TRUTH),
                    of("vigie.kafka.bootstrap-servers", TEXT),
                    of("vigie.kafka.properties.*", TEXT),
                    of("vigie.log-list.extra", LIST_ADDRESSES),
                    of("vigie.log-list.include-types", TEXT),
                    of("vigie.log-list.public-key", PUBLIC_KEY),
                    of("vigie.log-list.refresh-interval", "6h", TIME_OR_ZERO),
                    of(
                            "vigie.log-list.url",
                            "https://www.gstatic.com/ct/log_list/v3/log_list.json",
                            LIST_ADDRESS),
                    of("vigie.log.<log id>.page-size", number(0, MOST)),
                    of("vigie.log.<log id>.poll-interval", TIME),
                    of("vigie.log.<log id>.requests-per-second", RATE),
                    of("vigie.lookalike-words", TEXT),
                    of("vigie.mail.own-domains", TEXT),
                    of("vigie.monitor.allow-private-addresses", "false", TRUTH),
                    of("vigie.monitor.contact", TEXT),
                    of("vigie.monitor.enabled", "true", TRUTH),
                    of("vigie.monitor.heal-after", "1h", TIME),
                    of("vigie.monitor.hole-after", "10m", TIME),
                    of("vigie.monitor.lease", "20s", TIME),
                    of("vigie.monitor.max-retries", "3", number(1, MOST)),
                    of("vigie.monitor.partial-tile-delay", "0s", TIME_OR_ZERO),
                    of("vigie.monitor.poll-interval", "15s", TIME),
                    of("vigie.monitor.request-timeout", "30s", TIME),
                    of("vigie.monitor.retry-delay", "10s", TIME),
                    of("vigie.monitor.skip-retired", "true", TRUTH),
                    of("vigie.monitor.start-at", "end", START),
                    of("vigie.monitor.user-agent", TEXT),
                    of("vigie.public-suffix-list", EXISTING_FILE),
                    of("vigie.recent.size", "32M", MEMORY),
                    of("vigie.renewal.interval", "5m", TIME_OR_OFF),
                    of("vigie.renewal.lag", "2m", TIME_OR_ZERO),
                    of("vigie.rescan.at-once", "2", number(1, MOST)),
                    of("vigie.rescan.lease", "2m", TIME),
                    of("vigie.rescan.max-failures", "20", number(1, MOST)),
                    of("vigie.rescan.turn", "65536", number(1, MOST)),
                    of("vigie.retention.matches", "400d", KEPT),
                    secret("vigie.secrets.former-keys", KEYS),
                    secret("vigie.secrets.key", KEY),
                    of("vigie.secrets.key-file", "${vigie.data-dir}/secret.key", FOLDER_OR_FILE),
                    of("vigie.stream.anonymous", "true", TRUTH),
                    of("vigie.stream.enabled", "true", TRUTH),
                    of("vigie.stream.heartbeat", "30s", BEAT),
                    of("vigie.stream.max-clients", "500", number(1, MOST)),
                    of("vigie.stream.queue", "1000", number(1, MOST)),
                    of("vigie.syslog.app-name", "vigie", TEXT),
                    of("vigie.syslog.facility", "16", number(0, LAST_FACILITY)),
                    of("vigie.webhook.allowed-networks", NETWORKS),
                    of("vigie.webhook.proxy", WEB_ADDRESS),
                    of("vigie.webhook.trusted-certificates", EXISTING_FILE));

    private Settings() {}

    private static Setting of(String key, String fallback, Form form) {
        return new Setting(key, fallback, form, false);
    }

    private static Setting of(String key, Form form) {
        return new Setting(key, null, form, false);
    }

    private static Setting secret(String key, Form form) {
        return new Setting(key, null, form, true);
    }

    /** The one that goes by a name, as a property or in the environment. */
    static Optional<Setting> named(String name) {
        return ALL.stream().filter(setting -> setting.goesBy(name)).findFirst();
    }
}
