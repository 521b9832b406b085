package dev.vigie.rule.text;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A hundred names such as certificates have, with the endings and first labels as they are spread
 * in logs, and otherwise as different as can be. What is in several of them is in a good part of
 * all names.
 */
final class SampleNames {

    /** Of a hundred; a word that means something is in one or two of them. */
    private static final int OFTEN = 5;

    private static final List<String> NAMES =
            List.of(
                    """
                    www.quietharbor.com quietharbor.com mail.tallpinebakery.com nordlicht-optik.de
                    www.nordlicht-optik.de cpanel.vistamotors.com.br webmail.vistamotors.com.br
                    autodiscover.lunarisdental.co.uk api.staging.brightcargo.io
                    *.brightcargo.io zelta7.app my-little-kiosk.shop xn--bcherstube-9db.example
                    ns1.gridworks.net gridworks.net vpn.altavalle.it www.altavalle.it
                    cdn-04.eu-west-1.pixelforge.cloud pixelforge.cloud f3a91c.tunnelhub.dev
                    login.okonomi.jp okonomi.jp 5ymbol.xyz www.5ymbol.xyz teamrowing.org
                    www.teamrowing.org git.teamrowing.org dev.smartlawn.com *.smartlawn.com
                    kube-api.prod.internal.rivetbank.com rivetbank.com cpcalendars.fotoland.nl
                    fotoland.nl www.jardinbleu.fr jardinbleu.fr m.velocityparts.com.au
                    velocityparts.com.au webdisk.hikersguild.com hikersguild.com
                    www.hikersguild.com edge17.streamyard.tv a1b2c3d4e5.cloudrunner.net
                    blog.unterwegs.at unterwegs.at schoolof9.edu www.schoolof9.edu
                    portal.citywater.gov demo.quickinvoice.co quickinvoice.co
                    status.openweatherlab.org openweatherlab.org smtp.hexagonfreight.com
                    hexagonfreight.com 20-30-40-50.dynamic.fiberzone.net test.wpmuseum.com
                    wpmuseum.com www.wpmuseum.com xn--80aswg.xn--p1ai tienda.cafemontana.mx
                    cafemontana.mx gw2.uplandradio.com uplandradio.com www.uplandradio.com
                    images.furnituredepot.ca furnituredepot.ca sip.ledgerpoint.com
                    ledgerpoint.com www.ledgerpoint.com app.zipgarden.com zipgarden.com
                    meinhof-verlag.de www.meinhof-verlag.de sklep.zielonydom.pl zielonydom.pl
                    www.kupolen.se kupolen.se support.jetlogix.com *.jetlogix.com jetlogix.com
                    exchange.burgerbros.us burgerbros.us xhq2.workers.example
                    www.dawnfishing.com dawnfishing.com node-3.chainquery.network
                    mta-sts.oakvalley.org oakvalley.org docs.jumblebox.com jumblebox.com
                    www.jumblebox.com files.kvarnen.no kvarnen.no www.tribunadigital.es
                    tribunadigital.es ftp.yellowpepper.in yellowpepper.in secure.umbrella99.com
                    relay.mossgreen.is shop.weissbier.ch kolibri.travel
                    """
                            .strip()
                            .split("\\s+"));

    private SampleNames() {}

    /** Whether a condition is met by so many names that it says little. */
    static boolean areMetOftenBy(Predicate<String> condition) {
        return NAMES.stream().filter(condition).limit(OFTEN).count() == OFTEN;
    }

    /** How many of the names have one of these texts in them. */
    static int withAny(Set<String> texts) {
        return (int) NAMES.stream().filter(n -> texts.stream().anyMatch(n::contains)).count();
    }
}
