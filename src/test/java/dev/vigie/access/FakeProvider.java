package dev.vigie.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** An OpenID Connect provider that vouches for whatever a test asks it to. */
@NullUnmarked
public class FakeProvider implements QuarkusTestResourceLifecycleManager {

    private static final ObjectMapper JSON = new ObjectMapper();
    private KeyPair key;
    private KeyPair otherKey;
    private HttpServer server;
    private String url;

    @Override
    public Map<String, String> start() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            key = generator.generateKeyPair();
            otherKey = generator.generateKeyPair();
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
        url = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", this::answer);
        server.start();
        return Map.of(
                "quarkus.oidc.tenant-enabled",
                "true",
                "quarkus.oidc.auth-server-url",
                url,
                "quarkus.oidc.credentials.secret",
                "a secret of at least thirty-two signs",
                "fake.provider",
                url);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
        Object answer =
                switch (exchange.getRequestURI().getPath()) {
                    case "/.well-known/openid-configuration" -> discovery();
                    case "/jwks" -> Map.of("keys", new Object[] {jwk()});
                    case "/sign" -> sign(JSON.readValue(body, Map.class), query);
                    case "/token" -> tokens(parameters(body).get("code"));
                    default -> Map.of();
                };
        byte[] bytes =
                answer instanceof String text
                        ? text.getBytes(UTF_8)
                        : JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Map<String, Object> discovery() {
        return Map.of(
                "issuer",
                url,
                "jwks_uri",
                url + "/jwks",
                "authorization_endpoint",
                url + "/authorize",
                "token_endpoint",
                url + "/token",
                "response_types_supported",
                new String[] {"code"},
                "subject_types_supported",
                new String[] {"public"},
                "id_token_signing_alg_values_supported",
                new String[] {"RS256"});
    }

    private Map<String, Object> jwk() {
        var rsa = (RSAPublicKey) key.getPublic();
        return Map.of(
                "kty", "RSA",
                "kid", "1",
                "use", "sig",
                "alg", "RS256",
                "n", unsigned(rsa.getModulus()),
                "e", unsigned(rsa.getPublicExponent()));
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return encode(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    /** The code is the address of whoever logs in. */
    private Map<String, Object> tokens(String code) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("email", code);
        claims.put("email_verified", true);
        String token = sign(claims, Map.of());
        return Map.of(
                "access_token",
                token,
                "id_token",
                token,
                "token_type",
                "Bearer",
                "expires_in",
                300);
    }

    private String sign(Map<?, ?> wanted, Map<String, String> query) {
        long now = System.currentTimeMillis() / 1000;
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", url);
        claims.put("aud", "vigie");
        claims.put("sub", "subject");
        claims.put("iat", now);
        claims.put("exp", now + 300);
        wanted.forEach((name, value) -> claims.put(name.toString(), value));
        try {
            String alg = query.getOrDefault("alg", "RS256");
            String text =
                    encode(JSON.writeValueAsBytes(Map.of("alg", alg, "kid", "1", "typ", "JWT")))
                            + "."
                            + encode(JSON.writeValueAsBytes(claims));
            if (alg.equals("none")) {
                return text + ".AAAA";
            }
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign((query.containsKey("forged") ? otherKey : key).getPrivate());
            signature.update(text.getBytes(US_ASCII));
            return text + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : (text == null ? "" : text).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return parameters;
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
