package dev.vigie.config;

import dev.vigie.ct.loglist.LogListKey;
import dev.vigie.follow.StartAt;
import dev.vigie.net.Cidr;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the value of a setting has to look like.
 *
 * @param requirement in words that follow "must be"
 * @param test may throw an {@link IllegalArgumentException} for what does not fit
 */
record Form(String requirement, Predicate<String> test) {

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final BigInteger MEBIBYTE = BigInteger.ONE.shiftLeft(20);
    private static final int KEY_BYTES = 32;

    /** What the converter takes for true; all that it does not know would be false. */
    private static final Set<String> TRUTHS =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "1", "0");

    static final Form TEXT = new Form("text", value -> true);
    static final Form TRUTH =
            new Form("true or false", value -> TRUTHS.contains(value.toLowerCase(Locale.ROOT)));
    static final Form TIME =
            new Form(
                    "a time above zero with its unit, such as 200ms, 15s, 5m, 1h or 400d",
                    value -> time(value).isPositive());

    /** Connections on which nothing goes either way for a minute are closed. */
    static final Form BEAT =
            new Form(
                    "a time from 1s to 50s, with its unit",
                    value ->
                            time(value).compareTo(Duration.ofSeconds(1)) >= 0
                                    && time(value).compareTo(Duration.ofSeconds(50)) <= 0);

    /** Longer than anything is tried to be delivered. */
    static final Form KEPT =
            new Form(
                    "at least four days, such as 400d: alerts are tried for more than three",
                    value -> time(value).compareTo(Duration.ofDays(4)) >= 0);

    static final Form TIME_OR_ZERO =
            new Form(
                    "0 or a time with its unit, such as 15s, 5m or 1h",
                    value -> value.equals("0") || !time(value).isNegative());
    static final Form TIME_OR_OFF =
            new Form(
                    "off or a time above zero with its unit, such as 15s, 5m or 1h",
                    value -> value.equals("off") || time(value).isPositive());
    static final Form TIMES = TIME.listed("times with their units, such as 5s,5m,1h");
    static final Form MEMORY =
            new Form("0 or at least a megabyte with its unit, such as 32M", Form::isMemory);
    static final Form START =
            new Form(
                    "end, beginning, an index, or a time such as 2026-01-31T00:00:00Z",
                    value -> StartAt.parse(value) != null);
    static final Form NETWORKS =
            new Form("", value -> Cidr.parse(value) != null)
                    .listed("networks such as 10.1.0.0/16,2001:db8::/48");
    static final Form WEB_ADDRESS =
            new Form(
                    "an address such as https://vigie.example.org",
                    value -> isUrl(value, "http", "https"));
    static final Form LIST_ADDRESS =
            new Form(
                    "an address that begins with https:, http: or file:",
                    value -> isUrl(value, "http", "https", "file"));
    static final Form LIST_ADDRESSES =
            LIST_ADDRESS.listed("addresses that begin with https:, http: or file:");
    static final Form FOLDER_OR_FILE = new Form("a path", value -> Path.of(value) != null);
    static final Form EXISTING_FILE =
            new Form("a file that is there", value -> Files.isReadable(Path.of(value)));
    static final Form KEY =
            new Form(
                    "32 random bytes in base64, as `openssl rand -base64 32` prints them",
                    Form::isKey);
    static final Form KEYS = KEY.listed("keys of 32 bytes in base64, separated by commas");
    static final Form PUBLIC_KEY =
            new Form("an RSA public key in PEM", value -> LogListKey.parsePem(value) != null);
    static final Form RATE =
            new Form("a number that is not negative", value -> Double.parseDouble(value) >= 0);

    /** A whole number of these. */
    static Form number(int least, int most) {
        return new Form(
                most == Integer.MAX_VALUE
                        ? "a whole number from %d on".formatted(least)
                        : "a whole number from %d to %d".formatted(least, most),
                value -> Integer.parseInt(value) >= least && Integer.parseInt(value) <= most);
    }

    /** Whether a value looks like it. */
    boolean fits(String value) {
        try {
            return test.test(value.strip());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Form listed(String all) {
        return new Form(all, value -> Arrays.stream(elements(value)).allMatch(this::fits));
    }

    /** The elements of a list, as the configuration splits it. */
    static String[] elements(String list) {
        return list.split("(?<!\\\\),");
    }

    /** Without a unit nobody knows what was meant; the converter would take seconds. */
    private static Duration time(String value) {
        if (value.matches("-?[0-9]+")) {
            throw new IllegalArgumentException("a time without its unit");
        }
        @Nullable Duration time = DurationConverter.parseDuration(value);
        if (time == null || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("no time that anybody can mean");
        }
        return time;
    }

    private static boolean isMemory(String value) {
        if (value.equals("0")) {
            return true;
        }
        return !value.matches("[0-9]+")
                && new MemorySizeConverter().convert(value).asBigInteger().compareTo(MEBIBYTE) >= 0;
    }

    private static boolean isUrl(String value, String... schemes) {
        URI url = URI.create(value);
        return url.getScheme() != null
                && Arrays.asList(schemes).contains(url.getScheme())
                && (url.getScheme().equals("file") || url.getHost() != null);
    }

    private static boolean isKey(String value) {
        return Base64.getDecoder().decode(value.strip()).length == KEY_BYTES;
    }
}
