package dev.vigie.lookback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vigie.logs.RuleSetSpan;
import dev.vigie.testing.Api;
import dev.vigie.testing.DatabaseTest;
import dev.vigie.watchlist.StoredRule;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@DatabaseTest
class SpanPruningTest {

    private static final String LOG = "log of SpanPruningTest";

    @AfterEach
    void clear() {
        QuarkusTransaction.requiringNew().run(() -> RuleSetSpan.delete("logId", LOG));
    }

    @Test
    void noRuleHasAnotherStartOrOtherEntriesAfterwards() {
        String watchlist = Api.addWatchlist("pruning");
        for (int i = 0; i < 5; i++) {
            Api.addRule(watchlist, "domain", "p%d.pruning.example".formatted(i));
            String gone = Api.addRule(watchlist, "domain", "gone%d.pruning.example".formatted(i));
            Api.asAdmin().delete("/rules/" + gone).then().statusCode(204);
        }
        List<Long> beginnings =
                QuarkusTransaction.requiringNew().call(StoredRule::beginnings).stream()
                        .sorted()
                        .toList();
        var random = new Random(20261123);
        for (int round = 0; round < 20; round++) {
            clear();
            QuarkusTransaction.requiringNew()
                    .run(() -> {
                        for (int i = 0; i < 40; i++) {
                            long last = beginnings.getLast();
                            RuleSetSpan.begin(LOG, 10L * i, last - 15 + random.nextInt(20));
                        }
                    });
            List<RuleSetSpan> before = spans();

            QuarkusTransaction.requiringNew().run(SpanPruning::prune);

            List<RuleSetSpan> after = spans();
            assertThat(after.size()).isLessThan(before.size());
            for (long since : beginnings) {
                assertThat(SearchedRanges.startOfTail(after, since))
                        .isEqualTo(SearchedRanges.startOfTail(before, since));
                assertThat(SearchedRanges.ofTail(after, 500, since).all())
                        .isEqualTo(SearchedRanges.ofTail(before, 500, since).all());
            }
        }
    }

    private static List<RuleSetSpan> spans() {
        return QuarkusTransaction.requiringNew().call(() -> RuleSetSpan.of(LOG));
    }
}
