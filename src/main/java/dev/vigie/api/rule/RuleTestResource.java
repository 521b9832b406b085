package dev.vigie.api.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vigie.access.May;
import dev.vigie.api.Caller;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.api.guard.BodyLimit;
import dev.vigie.rule.Hit;
import dev.vigie.rule.NameKnowledge;
import dev.vigie.rule.NameMatcher;
import dev.vigie.rule.RuleKind;
import dev.vigie.rule.RuleSet;
import dev.vigie.watchlist.RuleSets;
import dev.vigie.watchlist.StoredRule;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Which rules fire for names or a certificate, on which name, and why. */
@Tag(name = "Rules")
@RolesAllowed(May.SEE)
@Path("/api/v1/rules/test")
class RuleTestResource {

    /** A name such as {@code *} meets every rule there is. */
    private static final int MOST_HITS = 500;

    private static final int ASKED_AT_ONCE = 5_000;

    private final RuleSets ruleSets;
    private final NameKnowledge knowledge;
    private final EvaluationLimit limit;
    private final Caller caller;

    RuleTestResource(
            RuleSets ruleSets, NameKnowledge knowledge, EvaluationLimit limit, Caller caller) {
        this.caller = caller;
        this.ruleSets = ruleSets;
        this.knowledge = knowledge;
        this.limit = limit;
    }

    /**
     * What is to be tried.
     *
     * @param rule null for all that are in force
     * @param names as if they stood in one certificate; or else
     * @param pem a certificate
     */
    @Schema(name = "RuleTrial")
    record Trial(
            @Valid RuleResource.@Nullable NewRule rule,
            @Size(max = 100, message = "There can be 100 names at most.")
                    @Nullable
                            List<
                                    @NotNull(message = "This is no name.")
                                    @Size(max = 253, message = "A name has at most 253 characters.")
                                    String>
                            names,
            @Size(max = 65_536, message = "A certificate here has at most 64 KiB.")
                    @Nullable String pem) {}

    /**
     * A rule that fired.
     *
     * @param ruleId null for the rule of the request
     * @param names the first of those on which it did, in inert form
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RuleHit(
            @Nullable UUID ruleId,
            @Nullable UUID watchlistId,
            RuleKind kind,
            String pattern,
            List<String> names,
            List<String> reasons) {}

    /**
     * What came of it.
     *
     * @param hits the first of them
     * @param unreadable what of the certificate could not be read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RuleTrialOutcome")
    record Outcome(List<RuleHit> hits, @Nullable String unreadable) {}

    @Operation(
            summary = "Says which rules fire for names or for a certificate, and why.",
            description =
                    "With rule that one alone, without it all that are in force and within "
                            + "your reach. Give either names or pem.")
    @POST
    @BodyLimit(1 << 18)
    public Outcome test(@NotNull @Valid Trial trial) {
        if ((trial.names() == null) == (trial.pem() == null)) {
            throw new InvalidRequestException(
                    "names", "Give either names or a certificate as pem.");
        }
        return limit.run(() -> evaluate(trial));
    }

    private Outcome evaluate(Trial trial) {
        RuleResource.NewRule rule = trial.rule();
        var matcher = new NameMatcher(rule == null ? inForce() : TrialRule.alone(rule, knowledge));
        String unreadable = tell(trial, matcher);
        List<Hit> hits = matcher.takeHits();
        return new Outcome(
                rule == null ? ofUsers(hits) : hits.stream().map(hit -> view(rule, hit)).toList(),
                unreadable);
    }

    private RuleSet inForce() {
        ruleSets.refresh();
        return ruleSets.current();
    }

    private static @Nullable String tell(Trial trial, NameMatcher matcher) {
        matcher.begin();
        if (trial.pem() != null) {
            return TrialCertificate.parse(trial.pem()).tell(matcher);
        }
        TrialNames.tell(Objects.requireNonNull(trial.names()), matcher);
        return null;
    }

    private static RuleHit view(RuleResource.NewRule rule, Hit hit) {
        return new RuleHit(null, null, rule.kind(), rule.pattern(), hit.names(), hit.reasons());
    }

    /** The first that they may see, however many others there are before. */
    private List<RuleHit> ofUsers(List<Hit> hits) {
        List<RuleHit> seen = new ArrayList<>();
        for (int at = 0; at < hits.size() && seen.size() < MOST_HITS; at += ASKED_AT_ONCE) {
            seen.addAll(seenOf(hits.subList(at, Math.min(hits.size(), at + ASKED_AT_ONCE))));
        }
        return seen.subList(0, Math.min(seen.size(), MOST_HITS));
    }

    /** The others are other teams' or the service's own, or have just been deleted. */
    private List<RuleHit> seenOf(List<Hit> hits) {
        Map<UUID, StoredRule> rules =
                StoredRule.ofUsers(caller.reach(), hits.stream().map(Hit::ruleId).toList()).stream()
                        .collect(Collectors.toMap(rule -> rule.id, Function.identity()));
        return hits.stream()
                .filter(hit -> rules.containsKey(hit.ruleId()))
                .map(hit -> view(Objects.requireNonNull(rules.get(hit.ruleId())), hit))
                .toList();
    }

    private static RuleHit view(StoredRule rule, Hit hit) {
        return new RuleHit(
                rule.id, rule.watchlistId, rule.kind, rule.pattern, hit.names(), hit.reasons());
    }
}
