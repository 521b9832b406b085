package dev.vigie.simulator;

import dev.vigie.hash.Sha256;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers the questions of RFC 6962 section 4 that read a log. */
final class ClassicEndpoints {

    private record Page(SimulatedLog log, long start, long end) {}

    private final Map<Page, byte[]> fullPages = new ConcurrentHashMap<>();
    private volatile int page = 1000;

    void pageSize(int entries) {
        page = entries;
    }

    void forget(SimulatedLog log) {
        fullPages.keySet().removeIf(page -> page.log() == log);
    }

    /** Fills the cache, so that a benchmark measures the reader. */
    void warmUp(SimulatedLog log) {
        for (long start = 0; start + page <= log.size(); start += page) {
            entries(log, start, start + page);
        }
    }

    /**
     * @param path below the log's URL
     * @param query as it was sent
     */
    Answer answer(SimulatedLog log, String path, @Nullable String query, String origin) {
        Map<String, String> question = parse(query == null ? "" : query);
        try {
            return switch (path) {
                case "ct/v1/get-sth" -> Answer.ok(log.treeHead(origin));
                case "ct/v1/get-entries" -> getEntries(log, question);
                case "ct/v1/get-sth-consistency" -> getConsistency(log, question);
                case "ct/v1/get-proof-by-hash" -> getProofByHash(log, question);
                case "ct/v1/get-entry-and-proof" -> getEntryAndProof(log, question);
                default -> Answer.refusal(404, "not found");
            };
        } catch (IllegalArgumentException e) {
            return Answer.refusal(400, "not a question: " + e.getMessage());
        }
    }

    /** A plus is a blank here, as it is to most servers. */
    private static Map<String, String> parse(String query) {
        Map<String, String> question = new HashMap<>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                question.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return question;
    }

    private static long number(Map<String, String> question, String name) {
        long number = Long.parseLong(question.getOrDefault(name, ""));
        if (number < 0) {
            throw new IllegalArgumentException("negative " + name);
        }
        return number;
    }

    private Answer getEntries(SimulatedLog log, Map<String, String> question) {
        long start = number(question, "start");
        long end = Math.min(number(question, "end") + 1, log.size());
        return start >= end
                ? Answer.refusal(400, "need tree size " + (start + 1))
                : Answer.ok(entries(log, start, Math.min(end, start + page)));
    }

    /** Whole pages are kept, as the caches before real logs do. */
    private byte[] entries(SimulatedLog log, long start, long end) {
        return start % page == 0 && end == start + page
                ? fullPages.computeIfAbsent(
                        new Page(log, start, end), key -> log.getEntries(start, end))
                : log.getEntries(start, end);
    }

    private static Answer getConsistency(SimulatedLog log, Map<String, String> question) {
        long first = number(question, "first");
        long second = number(question, "second");
        if (first > second || second > log.size()) {
            return Answer.refusal(400, "need tree size " + Math.max(first, second));
        }
        return Answer.ok("{\"consistency\":%s}".formatted(json(log.consistency(first, second))));
    }

    private static Answer getProofByHash(SimulatedLog log, Map<String, String> question) {
        Sha256 leafHash = Sha256.parseBase64(question.getOrDefault("hash", ""));
        long treeSize = number(question, "tree_size");
        long index = log.indexOf(leafHash);
        if (treeSize > log.size()) {
            return Answer.refusal(400, "need tree size " + treeSize);
        } else if (index < 0 || index >= treeSize) {
            return Answer.refusal(404, "no such leaf");
        }
        return Answer.ok(
                "{\"leaf_index\":%d,\"audit_path\":%s}"
                        .formatted(index, json(log.inclusion(index, treeSize))));
    }

    private static Answer getEntryAndProof(SimulatedLog log, Map<String, String> question) {
        long index = number(question, "leaf_index");
        long treeSize = number(question, "tree_size");
        if (index >= treeSize || treeSize > log.size()) {
            return Answer.refusal(400, "need tree size " + Math.max(index + 1, treeSize));
        }
        return Answer.ok(
                "{%s,\"audit_path\":%s}"
                        .formatted(log.entry(index), json(log.inclusion(index, treeSize))));
    }

    private static String json(List<Sha256> hashes) {
        return hashes.stream()
                .map(hash -> '"' + hash.base64() + '"')
                .collect(Collectors.joining(",", "[", "]"));
    }
}
