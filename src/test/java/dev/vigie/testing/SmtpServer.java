package dev.vigie.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server on loopback that says what it is told to, and keeps the mails that it takes. */
public final class SmtpServer implements AutoCloseable {

    /** Instead of an answer: the connection ends. */
    public static final String DROP = "drop";

    private static final String END = "END";

    /** A mail, and who it was for. */
    public record Mail(List<String> recipients, String text, boolean secured) {

        /** A header of it. */
        public String header(String name) {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private final SocketServer server;
    private final @Nullable SSLContext tls;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    public SmtpServer() {
        this(null);
    }

    /** One that can be spoken to in secret, if there is a context. */
    public SmtpServer(@Nullable SSLContext tls) {
        this.tls = tls;
        answers.put("GREETING", "220 mail.example ESMTP");
        answers.put("DATA", "354 go on");
        answers.put("QUIT", "221 bye");
        answers.put("STARTTLS", "220 go on");
        answers.put("AUTH", "235 welcome");
        server = new SocketServer(this::talk);
    }

    /**
     * What is said to the beginning of a command, in capitals; GREETING and END are the beginning
     * of all and the end of a mail.
     */
    public SmtpServer answering(String command, String answer) {
        answers.put(command, answer);
        return this;
    }

    private void talk(Socket socket) throws IOException {
        if (say(socket, answer("GREETING"))) {
            talk(socket, false);
        }
    }

    private void talk(Socket socket, boolean secured) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        List<String> recipients = new CopyOnWriteArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.toUpperCase(Locale.ROOT);
            commands.add(command);
            String answer = command.startsWith("EHLO") ? features(secured) : answer(command);
            if (!say(socket, answer)) {
                return;
            }
            boolean isGood = answer.startsWith("2") || answer.startsWith("3");
            if (command.startsWith("RCPT TO:") && isGood) {
                recipients.add(line.substring("RCPT TO:<".length(), line.length() - 1));
            } else if (command.equals("DATA") && isGood) {
                String text = text(in);
                String verdict = answer(END);
                if (verdict.startsWith("2")) {
                    mails.add(new Mail(List.copyOf(recipients), text, secured));
                }
                if (!say(socket, verdict)) {
                    return;
                }
                recipients.clear();
            } else if (command.equals("STARTTLS") && tls != null && isGood) {
                var talk = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, 0, true);
                talk.setUseClientMode(false);
                talk(talk, true);
                return;
            } else if (command.equals("QUIT")) {
                return;
            }
        }
    }

    private String features(boolean secured) {
        String rest = "250-AUTH PLAIN LOGIN\r\n250-PIPELINING\r\n250 8BITMIME";
        return "250-mail.example\r\n" + (tls == null || secured ? "" : "250-STARTTLS\r\n") + rest;
    }

    private String answer(String command) {
        return answers.entrySet().stream()
                .filter(entry -> command.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("250 ok");
    }

    private static boolean say(Socket socket, String answer) throws IOException {
        if (answer.equals(DROP)) {
            return false;
        }
        socket.getOutputStream().write((answer + "\r\n").getBytes(ISO_8859_1));
        return true;
    }

    private static String text(BufferedReader in) throws IOException {
        var text = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new IOException("the mail has no end");
            }
            text.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
        }
        return text.toString();
    }

    /** The mails that were taken. */
    public List<Mail> mails() {
        return mails;
    }

    /** All commands, in capitals. */
    public List<String> commands() {
        return commands;
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
