package dev.vigie.config;

import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The name of a setting as somebody has written it, without the profile before it.
 *
 * @param name such as {@code vigie.demo} or {@code VIGIE_DEMO}
 */
record GivenName(String name, ConfigSource source) {

    private static final Pattern PROPERTY = Pattern.compile("(?:%[^.]+\\.)?(vigie\\..+)");
    private static final Pattern VARIABLE = Pattern.compile("(?:_[A-Z0-9_]+?_)?(VIGIE_[A-Z0-9_]+)");

    /** What Kubernetes sets for a service that is called vigie, or vigie-something. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile(
                    "VIGIE_([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_[0-9]+_.*)?)");

    /** What the commands read. */
    private static final Set<String> OF_COMMANDS = Set.of("VIGIE_TOKEN");

    /** All names of settings that stand anywhere, in any profile. */
    static List<GivenName> all(SmallRyeConfig config) {
        List<GivenName> given = new ArrayList<>();
        for (ConfigSource source : config.getConfigSources()) {
            Set<String> names = new TreeSet<>(source.getPropertyNames());
            for (String name : names) {
                Matcher property = PROPERTY.matcher(name);
                Matcher variable = VARIABLE.matcher(name);
                // for each variable the library also invents a property
                if (property.matches() && !names.contains(Setting.variable(name))) {
                    given.add(new GivenName(property.group(1), source));
                } else if (variable.matches() && !isOfOthers(variable.group(1))) {
                    given.add(new GivenName(variable.group(1), source));
                }
            }
        }
        return given;
    }

    private static boolean isOfOthers(String variable) {
        return OF_COMMANDS.contains(variable) || OF_KUBERNETES.matcher(variable).matches();
    }

    boolean isVariable() {
        return name.startsWith("VIGIE_");
    }
}
