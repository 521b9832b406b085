package dev.vigie.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with AES-256-GCM. The place of a secret is sealed with it, so that nobody who can
 * write to the database can have another one opened in its stead.
 */
public final class SecretBox {

    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    private static final String FORMAT = "v1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_ID_BYTES = 6;

    private final Map<String, byte[]> keys = new LinkedHashMap<>();
    private final String current;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param keys of 32 bytes each; the first seals, all of them open
     */
    public SecretBox(List<byte[]> keys) {
        keys.forEach(key -> this.keys.put(idOf(key), key.clone()));
        current = idOf(keys.getFirst());
    }

    /** What tells a key from others and says nothing about it. */
    public static String idOf(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has %d bytes".formatted(KEY_BYTES));
        }
        return HexFormat.of().formatHex(mac(key, "key id"), 0, KEY_ID_BYTES);
    }

    /** The id of the key that seals. */
    public String keyId() {
        return current;
    }

    /** Whether there is such a key. */
    public boolean knows(String keyId) {
        return keys.containsKey(keyId);
    }

    /**
     * Seals a secret.
     *
     * @param place where it will be kept, in any words; the same are needed to open it
     */
    public String seal(Secret secret, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] text = secret.reveal().getBytes(UTF_8);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key(current), nonce, place, text);
        byte[] all =
                ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
        return String.join(":", FORMAT, current, Base64.getEncoder().encodeToString(all));
    }

    /**
     * Opens what was sealed.
     *
     * @throws SealedException if its key is not there, or it was not sealed for this place
     */
    public Secret open(String sealed, String place) {
        String[] parts = sealed.split(":", 3);
        if (parts.length < 3 || !parts[0].equals(FORMAT)) {
            throw new SealedException("this is nothing that was sealed");
        }
        byte[] all;
        try {
            all = Base64.getDecoder().decode(parts[2]);
        } catch (IllegalArgumentException e) {
            throw new SealedException("what was sealed was changed");
        }
        if (all.length < NONCE_BYTES) {
            throw new SealedException("what was sealed was changed");
        }
        byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
        byte[] rest = Arrays.copyOfRange(all, NONCE_BYTES, all.length);
        return new Secret(
                new String(crypt(Cipher.DECRYPT_MODE, key(parts[1]), nonce, place, rest), UTF_8));
    }

    /** Whether it was sealed with another key than the one that seals now. */
    public boolean isOutdated(String sealed) {
        return !sealed.startsWith(FORMAT + ":" + current + ":");
    }

    /** A code that only who has the key can make, for a link that lets its bearer do one thing. */
    public String code(String purpose) {
        return code(key(current), purpose);
    }

    /** Whether it is the code for this purpose, by any of the keys. */
    public boolean isCode(String purpose, String code) {
        byte[] given = code.getBytes(UTF_8);
        return keys.values().stream()
                .anyMatch(key -> MessageDigest.isEqual(code(key, purpose).getBytes(UTF_8), given));
    }

    private static String code(byte[] key, String purpose) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(key, "code " + purpose));
    }

    private byte[] key(String id) {
        byte[] key = keys.get(id);
        if (key == null) {
            throw new SealedException(
                    "it was sealed with the key %s, which is not there".formatted(id));
        }
        return key;
    }

    private static byte[] crypt(int mode, byte[] key, byte[] nonce, String place, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new SealedException("it was changed, or sealed for another place");
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(("vigie " + text).getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A secret cannot be opened. */
    public static final class SealedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SealedException(String message) {
            super("A secret cannot be opened: " + message + ".");
        }
    }
}
