package dev.vigie.rule.lookalike;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names as ordinary certificates have them, made of some thousand words, among them those that are
 * near to famous names. A whole label that is a famous name is left out: under another ending or
 * before another domain it is what the rules are to find.
 */
final class EverydayNames {

    private static final List<String> NEAR_TO_FAME =
            words(
                    "apply ample maple apples appletree pineapple grapple apfel amazonas phase"
                            + " chaser chased purchase chaste targets targeting offices officer"
                            + " outlooks bookings book cooking looking hooking stripes strip strike"
                            + " squares squared spare orangerie oranges intell inter oracles slacker"
                            + " steak discount record accord facetime notebook textbook instant"
                            + " telegraph paypoint payroll goggle gogol abode spots visage visas zoo"
                            + " room boom upside backup pickups dhs bing king parking marketing ring"
                            + " ledgers kitkat edge tesa tester siemensstadt  revolution evolution"
                            + " krake drake inbox softbox microscope micron minisoft citizen commerz"
                            + " sparkle sparkling sante santa barclay berkley  finance balance binary"
                            + " coins coinbox metal mask walter  cost costa shopping shops shopper"
                            + " reader redditch interest pinter snap chat wiki pedia cloud flare flair"
                            + " digital ocean daddy name cheap phone photon telecom horizon mobile auto"
                            + " roman luft hansa ryan air easy jet experience expedient trip adviser"
                            + " tuber uberlandia lift loft bmx miller mueller muell sonya  station play"
                            + " samsun samson intelligent intelligence hacker linked linkage gift hub"
                            + " twit sitter twister air bnb");

    private static final List<String> TRADES =
            words(
                    "gmbh group shop online service services hotel consulting design studio media"
                            + " tech solutions systems software immobilien praxis physio restaurant law"
                            + " legal dental clinic travel tours foto photo music events academy school"
                            + " capital invest finance bank bau garten auto moto sport fitness yoga"
                            + " beauty fashion store market trading export energy solar support help"
                            + " center team club verein stiftung kirche lab labs digital web");

    private static final List<String> BEGINNINGS = words("my the go get e i pro de la and of for");

    private static final List<String> HOSTS =
            words(
                    "www www www www www www mail mail webmail cpanel webdisk cpcalendars"
                            + " autodiscover autodiscover api api app dev test staging stage demo vpn"
                            + " remote shop blog cdn static img assets portal login auth sso admin"
                            + " secure owa ns1 ftp m beta support help status git gitlab jira wiki docs"
                            + " forum cloud nextcloud grafana monitor mta-sts smtp imap mx1 server1"
                            + " host2 web01 intranet extranet crm erp hr jobs careers news events media"
                            + " video payments billing account my id accounts checkout pay wallet store"
                            + " gateway proxy node1 k8s prod uat qa sandbox preview internal lb db meet"
                            + " teams calendar exchange edge sip lyncdiscover adfs citrix");

    private static final List<String> ENDINGS =
            words(
                    "com com com com com com com com com com com com de de de net net org org co.uk"
                            + " co.uk fr nl it es pl ru ru com.br com.au ca ch at be se dk cz info biz"
                            + " io io app dev xyz xyz shop online site top club store me us eu in co jp"
                            + " cn com.cn co.jp co.za com.tr com.mx ai cloud tech");

    private static final List<String> HOSTERS =
            words(
                    "herokuapp.com azurewebsites.net myshopify.com netlify.app vercel.app web.app"
                            + " github.io pages.dev workers.dev wixsite.com duckdns.org plesk.page"
                            + " hosted.app cloudfront.net amazonaws.com fly.dev onrender.com ngrok.io"
                            + " synology.me myfritz.net ts.net firebaseapp.com appspot.com");

    private static final List<String> ORDINARY = ordinary();

    private static final Set<String> FAMOUS =
            FamousDomains.HUNDRED.stream()
                    .map(domain -> domain.substring(0, domain.indexOf('.')))
                    .collect(Collectors.toSet());

    private static final List<String> COINED =
            FAMOUS.stream().filter(f -> f.length() > 5 && !ORDINARY.contains(f)).toList();

    private final Random random;

    EverydayNames(long seed) {
        random = new Random(seed);
    }

    private static List<String> words(String text) {
        return List.of(text.split(" +"));
    }

    private static List<String> ordinary() {
        try (InputStream in = EverydayNames.class.getResourceAsStream("/ordinary-words.txt")) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            return new String(bytes, StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split(" ")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether a name neither has the label of a famous domain nor speaks of one whose name is no
     * ordinary word, such as {@code github-help.me}: such names are what the rules are to find.
     */
    static boolean isOrdinary(String name) {
        return COINED.stream().noneMatch(name::contains)
                && Arrays.stream(name.split("\\.")).noneMatch(FAMOUS::contains);
    }

    String next() {
        String name = any();
        return isOrdinary(name) ? name : next();
    }

    private String any() {
        String domain = chance(12) ? id() + "." + any(HOSTERS) : label() + "." + any(ENDINGS);
        if (chance(8)) {
            domain = label() + "." + any(HOSTERS);
        }
        String host =
                switch (random.nextInt(20)) {
                    case 0, 1, 2, 3, 4, 5 -> "";
                    case 6, 7, 8, 9, 10, 11, 12 -> any(HOSTS) + ".";
                    case 13 -> "*.";
                    case 14 -> any(HOSTS) + "." + any(HOSTS) + ".";
                    case 15 -> "www." + label() + ".";
                    case 16 -> id() + ".";
                    case 17 -> any(HOSTS) + "-" + any(HOSTS) + ".";
                    case 18 -> any(HOSTS) + random.nextInt(30) + ".";
                    default -> "*." + any(HOSTS) + ".";
                };
        return host + domain;
    }

    private String label() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> word() + word();
            case 5, 6, 7 -> word() + "-" + word();
            case 8, 9 -> word() + any(TRADES);
            case 10, 11 -> word() + "-" + any(TRADES);
            case 12 -> word() + (chance(40) ? "" : any(TRADES));
            case 13 -> word() + any(BEGINNINGS) + word();
            case 14 -> word() + random.nextInt(2000);
            case 15 -> word() + "-" + word() + "-" + any(TRADES);
            case 16 -> any(BEGINNINGS) + word();
            case 17, 18 -> coined();
            default -> word().charAt(0) + "-" + word();
        };
    }

    private String word() {
        return chance(1) ? any(NEAR_TO_FAME) : any(ORDINARY);
    }

    /** As people call their companies. */
    private String coined() {
        var name = new StringBuilder();
        for (int i = chance(15) ? 2 : 3 + random.nextInt(2); i > 0; i--) {
            name.append("bcdfghklmnprstvwz".charAt(random.nextInt(17)));
            name.append("aeiou".charAt(random.nextInt(5)));
        }
        return name.append(chance(50) ? any(words("x n r l s t")) : "").toString();
    }

    private String id() {
        return chance(50)
                ? Long.toHexString(random.nextLong())
                : word() + "-" + Integer.toString(random.nextInt(1 << 24), 36);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
