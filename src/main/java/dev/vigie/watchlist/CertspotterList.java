package dev.vigie.watchlist;

import dev.vigie.dns.InertName;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleOptions;
import dev.vigie.rule.RuleSyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * certspotter's watch list syntax: a name a line, with a dot before it if everything below counts
 * too. Empty lines and those that begin with {@code #} mean nothing. Behind a name may stand {@code
 * valid_at:} and a date, which means nothing any more, as in certspotter itself (monitor/
 * watchlist.go); anything else there is refused.
 */
public final class CertspotterList {

    private static final int LONGEST_PATTERN = 300;

    private CertspotterList() {}

    /**
     * Reads a whole list, or as much of it as is too much.
     *
     * @throws RuleSyntaxException with the number of the line
     */
    public static List<RuleDraft> read(String text) {
        List<RuleDraft> rules = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (rules.size() > Watchlists.MAX_IMPORT_RULES) {
                break;
            }
            number++;
            String stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                rules.add(rule("Line " + number, stripped));
            }
        }
        return rules;
    }

    private static RuleDraft rule(String place, String line) {
        String[] fields = line.split("\\s+", -1);
        for (int i = 1; i < fields.length; i++) {
            if (!fields[i].startsWith("valid_at:")) {
                throw new RuleSyntaxException(
                        "%s: '%s' behind a name means nothing; there is a name a line."
                                .formatted(place, InertName.of(fields[i]).text()));
            }
        }
        String name = fields[0];
        if (name.equals(".")) {
            throw new RuleSyntaxException(place + ": '.' is every name there is.");
        }
        if (name.length() > LONGEST_PATTERN) {
            throw new RuleSyntaxException(place + ": no name is as long.");
        }
        return new RuleDraft(place, rule -> fill(rule, name));
    }

    private static void fill(StoredRule rule, String name) {
        rule.understand(
                name.startsWith(".") ? RuleKind.DOMAIN : RuleKind.EXACT, name, RuleOptions.NONE);
        rule.severity = Severity.MEDIUM;
        rule.enabled = true;
        rule.comment = "";
    }

    /** A rule as a line; what the syntax cannot say becomes a comment that says so. */
    public static String line(StoredRule rule) {
        if (!rule.enabled) {
            return leftOut("disabled", rule);
        }
        return switch (rule.kind) {
            case EXACT -> rule.name;
            case DOMAIN -> "." + rule.name;
            default -> leftOut("of kind " + rule.kind.shown(), rule);
        };
    }

    private static String leftOut(String why, StoredRule rule) {
        return "# left out, %s: %s".formatted(why, InertName.of(rule.pattern).text());
    }
}
