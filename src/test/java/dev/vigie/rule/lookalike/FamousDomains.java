package dev.vigie.rule.lookalike;

import dev.vigie.dns.DomainName;
import java.util.List;
import java.util.stream.Stream;

/** Domains that are imitated, short and long, some of them ordinary words. */
final class FamousDomains {

    static final List<String> FIFTY =
            List.of(
                    "paypal.com",
                    "google.com",
                    "microsoft.com",
                    "apple.com",
                    "amazon.com",
                    "facebook.com",
                    "instagram.com",
                    "netflix.com",
                    "linkedin.com",
                    "twitter.com",
                    "github.com",
                    "dropbox.com",
                    "coinbase.com",
                    "binance.com",
                    "blockchain.com",
                    "wellsfargo.com",
                    "bankofamerica.com",
                    "chase.com",
                    "citibank.com",
                    "hsbc.com",
                    "barclays.co.uk",
                    "santander.com",
                    "deutsche-bank.de",
                    "sparkasse.de",
                    "postbank.de",
                    "commerzbank.de",
                    "ing.de",
                    "dhl.com",
                    "ups.com",
                    "fedex.com",
                    "usps.com",
                    "ebay.com",
                    "visa.com",
                    "mastercard.com",
                    "americanexpress.com",
                    "whatsapp.com",
                    "telegram.org",
                    "tiktok.com",
                    "spotify.com",
                    "adobe.com",
                    "docusign.com",
                    "salesforce.com",
                    "office.com",
                    "outlook.com",
                    "yahoo.com",
                    "booking.com",
                    "airbnb.com",
                    "steampowered.com",
                    "roblox.com",
                    "zoom.us");

    static final List<String> HUNDRED =
            Stream.concat(
                            FIFTY.stream(),
                            Stream.of(
                                    "target.com",
                                    "walmart.com",
                                    "costco.com",
                                    "shopify.com",
                                    "stripe.com",
                                    "square.com",
                                    "oracle.com",
                                    "intel.com",
                                    "samsung.com",
                                    "sony.com",
                                    "nintendo.com",
                                    "playstation.com",
                                    "xbox.com",
                                    "slack.com",
                                    "discord.com",
                                    "reddit.com",
                                    "pinterest.com",
                                    "snapchat.com",
                                    "wikipedia.org",
                                    "mozilla.org",
                                    "cloudflare.com",
                                    "digitalocean.com",
                                    "godaddy.com",
                                    "namecheap.com",
                                    "vodafone.com",
                                    "telekom.de",
                                    "orange.fr",
                                    "verizon.com",
                                    "att.com",
                                    "t-mobile.com",
                                    "comcast.com",
                                    "lufthansa.com",
                                    "ryanair.com",
                                    "easyjet.com",
                                    "expedia.com",
                                    "tripadvisor.com",
                                    "uber.com",
                                    "lyft.com",
                                    "tesla.com",
                                    "bmw.de",
                                    "mercedes-benz.com",
                                    "volkswagen.de",
                                    "siemens.com",
                                    "allianz.de",
                                    "revolut.com",
                                    "kraken.com",
                                    "metamask.io",
                                    "trezor.io",
                                    "ledger.com",
                                    "m\u00fcller.de"))
                    .toList();

    private FamousDomains() {}

    static List<LookalikeRule> rules(List<String> domains) {
        return domains.stream().map(d -> new LookalikeRule(DomainName.parse(d))).toList();
    }
}
