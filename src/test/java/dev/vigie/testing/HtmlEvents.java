package dev.vigie.testing;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Pages as a browser takes them apart: each element, its attributes and each text, in order. */
public final class HtmlEvents {

    private HtmlEvents() {}

    public static List<String> of(String html) {
        List<String> events = new ArrayList<>();
        Jsoup.parse(html)
                .traverse(
                        new NodeVisitor() {
                            @Override
                            public void head(Node node, int depth) {
                                events.add(event(node));
                            }

                            @Override
                            public void tail(Node node, int depth) {
                                if (node instanceof Element) {
                                    events.add("end of " + node.nodeName());
                                }
                            }
                        });
        return events;
    }

    private static String event(Node node) {
        return switch (node) {
            case Element element -> element.nodeName() + " " + element.attributes().asList();
            case TextNode text -> "text " + text.getWholeText();
            default -> node.nodeName() + " " + node.outerHtml();
        };
    }
}
