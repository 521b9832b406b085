package dev.vigie.api.problem;

import dev.vigie.access.UnusableUserException;
import dev.vigie.access.WrongLoginException;
import dev.vigie.access.guess.TooManyGuessesException;
import dev.vigie.access.password.HashingBusyException;
import dev.vigie.access.password.UnusablePasswordException;
import dev.vigie.api.Problem;
import dev.vigie.api.people.SessionResource;
import java.time.Duration;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says why somebody could not log in, or cannot be a user. */
class AccessProblems {

    @ServerExceptionMapper
    RestResponse<Problem> wrongLogin(WrongLoginException e) {
        return Problem.of(401, "Unauthorized", String.valueOf(e.getMessage())).answer();
    }

    @ServerExceptionMapper
    RestResponse<Problem> tooMany(TooManyGuessesException e) {
        return later(429, "Too many requests", e, e.retryAfter());
    }

    @ServerExceptionMapper
    RestResponse<Problem> busy(HashingBusyException e) {
        return later(503, "Busy", e, Duration.ofSeconds(2));
    }

    private static RestResponse<Problem> later(
            int status, String title, RuntimeException e, Duration wait) {
        return Problem.of(status, title, String.valueOf(e.getMessage())).answer(wait);
    }

    @ServerExceptionMapper
    RestResponse<Problem> otherOrigin(SessionResource.OtherOriginException e) {
        return Problem.of(403, "Forbidden", "Only pages of this service can log people in.")
                .answer();
    }

    @ServerExceptionMapper
    RestResponse<Problem> noSession(SessionResource.NoSessionException e) {
        return Problem.of(403, "Forbidden", "Only somebody who has logged in can do this.")
                .answer();
    }

    @ServerExceptionMapper
    RestResponse<Problem> badUser(UnusableUserException e) {
        return invalid(e.field(), e);
    }

    @ServerExceptionMapper
    RestResponse<Problem> badPassword(UnusablePasswordException e) {
        return invalid("password", e);
    }

    private static RestResponse<Problem> invalid(String field, RuntimeException e) {
        return Problem.invalid(
                        List.of(new Problem.Violation(field, String.valueOf(e.getMessage()))))
                .answer();
    }
}
