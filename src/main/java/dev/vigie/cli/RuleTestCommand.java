package dev.vigie.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vigie.dns.InertName;
import dev.vigie.rule.Hit;
import dev.vigie.rule.NameMatcher;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleOptions;
import dev.vigie.rule.RuleSet;
import dev.vigie.rule.RuleSyntaxException;
import dev.vigie.rule.WatchRule;
import dev.vigie.rule.lookalike.Technique;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds a rule against names or a certificate. */
@Command(
        name = "test",
        description = {
            "Says for which names a rule fires, and why. Needs neither service nor network, and"
                    + " knows nothing of a watchlist's excluded domains.",
            "%nExamples:",
            "  vigie rule test --kind domain example.org shop.example.org example.com",
            "  vigie rule test --kind lookalike example.org exampIe.org login-example.org",
            "  vigie rule test --kind domain example.org --pem certificate.pem",
            "  vigie tail --domains-only | vigie rule test --kind keyword bank -%n"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It fired for a name at least.",
            "1:It fired for none, or something could not be read.",
            "2:It was not understood."
        })
final class RuleTestCommand implements Callable<Integer> {

    private static final int LARGEST_CERTIFICATE = 1 << 20;
    private static final int LONGEST_NAME = 65_536;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description = "exact, domain, keyword, regex, lookalike or ip.")
    private RuleKind kind = RuleKind.DOMAIN;

    @Parameters(index = "0", paramLabel = "PATTERN", description = "What the rule is about.")
    private String pattern = "";

    @Parameters(
            index = "1..*",
            paramLabel = "NAME",
            description = "Names or addresses; - for one a line on standard input.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--pem",
            paramLabel = "FILE",
            description = "A certificate, in place of names; - for standard input.")
    private @Nullable Path pem;

    @Option(
            names = "--technique",
            paramLabel = "TECHNIQUE",
            split = ",",
            description = "Only these techniques of a lookalike rule, such as homoglyph,swap.")
    private List<String> techniques = new ArrayList<>();

    @Option(
            names = "--max-distance",
            paramLabel = "NUMBER",
            description = "In how many letters a lookalike may differ, 0 to 2.")
    private @Nullable Integer maxDistance;

    @Option(
            names = "--word",
            paramLabel = "WORD",
            split = ",",
            description = "Words that make a name suspicious together with the domain.")
    private List<String> words = new ArrayList<>();

    @Option(names = "--json", description = "Print a JSON object for each name.")
    private boolean json;

    /** What is said of one name, or of the certificate. */
    record Outcome(String name, boolean fires, List<String> names, List<String> reasons) {}

    @Override
    public Integer call() throws IOException {
        if (names.isEmpty() == (pem == null)) {
            throw usage("Give either names or a certificate with --pem.");
        }
        var matcher = new NameMatcher(rule());
        boolean fired = false;
        if (pem != null) {
            fired = print(certificate(pem, matcher));
        } else if (names.equals(List.of("-"))) {
            fired = printLines(matcher);
        } else {
            for (String name : names) {
                fired |= print(name(name, matcher));
            }
        }
        return fired ? 0 : 1;
    }

    private RuleSet rule() {
        try {
            var options =
                    new RuleOptions(
                            null,
                            techniques.isEmpty() ? null : chosen(),
                            maxDistance,
                            words.isEmpty() ? null : words);
            return new RuleSet.Builder()
                    .add(WatchRule.parse(new UUID(0, 0), kind, pattern, options))
                    .build(0);
        } catch (RuleSyntaxException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Set<Technique> chosen() {
        Set<Technique> chosen = new LinkedHashSet<>();
        for (String text : techniques) {
            chosen.add(
                    Technique.of(text)
                            .orElseThrow(() ->
                                    usage(
                                            "There is no technique '%s'; there are %s."
                                                    .formatted(text, allTechniques()))));
        }
        return chosen;
    }

    private static String allTechniques() {
        return Arrays.stream(Technique.values())
                .map(Technique::text)
                .collect(Collectors.joining(", "));
    }

    private boolean printLines(NameMatcher matcher) throws IOException {
        boolean fired = false;
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String name = line.strip();
            if (name.length() > LONGEST_NAME) {
                throw new CommandFailedException("A line is longer than 64 KiB.");
            }
            if (!name.isEmpty()) {
                fired |= print(name(name, matcher));
            }
        }
        return fired;
    }

    private static Outcome name(String name, NameMatcher matcher) {
        matcher.begin();
        TrialInput.tellName(name, matcher);
        return outcome(InertName.of(name).text(), matcher.takeHits());
    }

    private Outcome certificate(Path file, NameMatcher matcher) {
        matcher.begin();
        String unreadable =
                TrialInput.tellCertificate(InputFile.read(file, LARGEST_CERTIFICATE), matcher);
        if (unreadable != null) {
            spec.commandLine()
                    .getErr()
                    .println("Not all of %s can be read: %s".formatted(file, unreadable));
        }
        return outcome(file.toString(), matcher.takeHits());
    }

    private static Outcome outcome(String name, List<Hit> hits) {
        return new Outcome(
                name,
                !hits.isEmpty(),
                hits.stream().flatMap(hit -> hit.names().stream()).toList(),
                hits.stream().flatMap(hit -> hit.reasons().stream()).toList());
    }

    private boolean print(Outcome outcome) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ApiClient.JSON.writeValueAsString(outcome));
        } else if (outcome.fires()) {
            out.println("fires  " + outcome.name());
            outcome.reasons().forEach(reason -> out.println("       " + reason));
        } else {
            out.println("-      " + outcome.name());
        }
        if (out.checkError()) {
            throw new CommandFailedException("Standard output is closed.");
        }
        return outcome.fires();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
