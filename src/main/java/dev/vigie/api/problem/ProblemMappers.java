package dev.vigie.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.vigie.access.LastAdministratorException;
import dev.vigie.access.Role;
import dev.vigie.api.Caller;
import dev.vigie.api.InvalidRequestException;
import dev.vigie.api.JsonStyle;
import dev.vigie.api.NoSuchThingException;
import dev.vigie.api.Parse;
import dev.vigie.api.Problem;
import dev.vigie.api.RefusedException;
import dev.vigie.api.guard.RefusalAudit;
import dev.vigie.api.rule.EvaluationLimit;
import dev.vigie.authorisation.UnusableAuthorisationException;
import dev.vigie.delivery.UnusableChannelException;
import dev.vigie.dns.InertName;
import dev.vigie.idempotency.RepeatableRequests;
import dev.vigie.logs.LogPositions;
import dev.vigie.lookback.UnusableRescanException;
import dev.vigie.net.ForbiddenAddressException;
import dev.vigie.rule.RuleSyntaxException;
import dev.vigie.team.Teams;
import io.quarkus.logging.Log;
import io.quarkus.security.ForbiddenException;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PessimisticLockException;
import jakarta.persistence.QueryTimeoutException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.exception.LockAcquisitionException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever goes wrong into a problem document; nothing of the inside gets out. */
class ProblemMappers {

    private static final Duration WAIT = Duration.ofSeconds(5);

    private final Caller caller;
    private final RefusalAudit refusals;

    ProblemMappers(Caller caller, RefusalAudit refusals) {
        this.caller = caller;
        this.refusals = refusals;
    }

    private static RestResponse<Problem> invalid(String field, String message) {
        return Problem.invalid(List.of(new Problem.Violation(field, message))).answer();
    }

    @ServerExceptionMapper
    RestResponse<Problem> invalidField(InvalidRequestException e) {
        return invalid(e.field(), String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    RestResponse<Problem> noSuchThing(NoSuchThingException e) {
        refusals.noteUnknown("names what is not there");
        return invalidField(e);
    }

    @ServerExceptionMapper
    RestResponse<Problem> badRule(RuleSyntaxException e) {
        return invalid(e.field(), String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    RestResponse<Problem> exhausted(EvaluationLimit.ExhaustedException e) {
        return Problem.of(
                        429,
                        "Too many requests",
                        "Rules are being tried already; please ask again in a moment.")
                .answer(e.retryAfter());
    }

    @ServerExceptionMapper
    RestResponse<Problem> forbidden(ForbiddenException e) {
        InertName stranger = caller.stranger().orElse(null);
        if (stranger != null) {
            return Problem.of(
                            403,
                            "Forbidden",
                            stranger.text() + " is not known here; ask an administrator.")
                    .answer();
        }
        boolean authorises =
                caller.bearer().filter(bearer -> bearer.role() == Role.AUTHORISE).isPresent();
        return Problem.of(
                        403,
                        "Forbidden",
                        authorises
                                ? "This token is good for adding authorisations to its watchlist"
                                        + " only."
                                : "Your role does not allow this; ask an administrator.")
                .answer();
    }

    @ServerExceptionMapper
    RestResponse<Problem> refused(RefusedException e) {
        return e.problem().answer();
    }

    @ServerExceptionMapper
    RestResponse<Problem> otherRequest(RepeatableRequests.OtherRequestException e) {
        return Problem.of(422, "Unprocessable request", String.valueOf(e.getMessage())).answer();
    }

    @ServerExceptionMapper
    RestResponse<Problem> tooSlow(QueryTimeoutException e) {
        return Problem.of(
                        503,
                        "Too much",
                        "This took too long; ask for less, such as a shorter time.")
                .answer(WAIT);
    }

    @ServerExceptionMapper
    RestResponse<Problem> lastAdministrator(LastAdministratorException e) {
        return Problem.of(409, "In use", String.valueOf(e.getMessage())).answer();
    }

    @ServerExceptionMapper
    RestResponse<Problem> badTeam(Teams.UnusableTeamException e) {
        return Problem.of(409, "In use", String.valueOf(e.getMessage())).answer();
    }

    @ServerExceptionMapper
    RestResponse<Problem> badChannel(UnusableChannelException e) {
        if (e.getCause() instanceof ForbiddenAddressException) {
            refusals.note("address refused");
        }
        return e.field().equals("id")
                ? Problem.of(409, "In use", String.valueOf(e.getMessage())).answer()
                : invalid(e.field(), String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    RestResponse<Problem> badRescan(UnusableRescanException e) {
        if (e.isOfUnknown()) {
            refusals.noteUnknown("names what is not there");
        }
        return e.field().equals("state")
                ? Problem.of(409, "Over", String.valueOf(e.getMessage())).answer()
                : invalid(e.field(), String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    RestResponse<Problem> badAuthorisation(UnusableAuthorisationException e) {
        return invalid(e.field(), String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    RestResponse<Problem> badState(LogPositions.UnknownStateException e) {
        return Problem.of(
                        400, "Invalid request", InertName.of(String.valueOf(e.getMessage())).text())
                .answer();
    }

    @ServerExceptionMapper
    RestResponse<Problem> violated(ConstraintViolationException e) {
        return Problem.invalid(
                        e.getConstraintViolations().stream()
                                .map(v -> new Problem.Violation(field(v), v.getMessage()))
                                .sorted(Comparator.comparing(Problem.Violation::field))
                                .toList())
                .answer();
    }

    private static String field(ConstraintViolation<?> violation) {
        StringBuilder field = new StringBuilder();
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PROPERTY
                    || node.getKind() == ElementKind.CONTAINER_ELEMENT) {
                field.append(field.isEmpty() ? "" : ".").append(node);
            }
        }
        return field.isEmpty() ? violation.getPropertyPath().toString() : field.toString();
    }

    @ServerExceptionMapper
    RestResponse<Problem> badJson(JsonProcessingException e) {
        return jsonProblem(e).answer();
    }

    /** Quarkus has a mapper for this one, which would win over that for its parent. */
    @ServerExceptionMapper
    RestResponse<Problem> mismatch(MismatchedInputException e) {
        return jsonProblem(e).answer();
    }

    @ServerExceptionMapper
    RestResponse<Problem> web(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return jsonProblem(json).answer();
        }
        int status = e.getResponse().getStatus();
        Response.StatusType type = e.getResponse().getStatusInfo();
        return Problem.of(
                        status,
                        type.getReasonPhrase(),
                        status == 404 ? "There is no such thing." : type.getReasonPhrase())
                .answer();
    }

    /** Says where it is wrong in the words of the API, not in those of the library. */
    private static Problem jsonProblem(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return Problem.of(400, "Invalid request", "The body is not valid JSON.");
        }
        String field =
                mapping.getPath().stream()
                        .map(r ->
                                r.getFieldName() == null
                                        ? "[" + r.getIndex() + "]"
                                        : r.getFieldName())
                        .collect(Collectors.joining("."))
                        .replace(".[", "[");
        String message =
                switch (mapping) {
                    case JsonStyle.UnstorableTextException t ->
                            "It contains a NUL or half a character.";
                    case UnrecognizedPropertyException u -> "There is no such field.";
                    case InvalidFormatException f when f.getTargetType().isEnum() ->
                            "It must be one of "
                                    + Arrays.stream(f.getTargetType().getEnumConstants())
                                            .map(c -> Parse.shown((Enum<?>) c))
                                            .collect(Collectors.joining(", "))
                                    + ".";
                    default -> "This is not of the right type.";
                };
        return Problem.invalid(List.of(new Problem.Violation(InertName.of(field).text(), message)));
    }

    @ServerExceptionMapper({
        OptimisticLockException.class,
        PessimisticLockException.class,
        LockTimeoutException.class,
        org.hibernate.PessimisticLockException.class,
        LockAcquisitionException.class
    })
    RestResponse<Problem> changedMeanwhile(PersistenceException e) {
        return Problem.of(409, "Conflict", "Somebody else changed this at the same time.").answer();
    }

    /** Somebody was faster who added the same, or deleted what it needs. */
    @ServerExceptionMapper
    RestResponse<Problem> refusedByDatabase(
            org.hibernate.exception.ConstraintViolationException e) {
        Log.warnf("the database refused a change constraint=%s", e.getConstraintName());
        return changedMeanwhile(e);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unforeseen(RuntimeException e) {
        String id = UUID.randomUUID().toString();
        Log.errorf(e, "request failed id=%s", id);
        return Problem.of(
                        500,
                        "Internal error",
                        "Something went wrong; the service's log says what, under " + id + ".")
                .answer();
    }
}
