package dev.vigie.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A well-made DER certificate as a tree whose parts can be spoilt one at a time. */
public final class DerTree {

    private int tag;
    private byte[] content = new byte[0];
    private final List<DerTree> children = new ArrayList<>();
    private byte[] spoiltLength = new byte[0];

    /** Reads the element at the offset; octet strings that hold one element are opened too. */
    public static DerTree read(byte[] der) {
        return read(der, 0);
    }

    private static DerTree read(byte[] der, int at) {
        var tree = new DerTree();
        tree.tag = der[at] & 0xff;
        int start = start(der, at);
        int end = end(der, at);
        tree.content = Arrays.copyOfRange(der, start, end);
        boolean opened = tree.tag == TestDer.OCTETS && isOneSequence(der, start, end);
        if ((tree.tag & 0x20) != 0 || opened) {
            for (int child = start; child < end; child = end(der, child)) {
                tree.children.add(read(der, child));
            }
        }
        return tree;
    }

    private static boolean isOneSequence(byte[] der, int start, int end) {
        return end - start >= 2 && der[start] == 0x30 && end(der, start) == end;
    }

    private static int start(byte[] der, int at) {
        return at + 2 + (der[at + 1] < 0 ? der[at + 1] & 0x7f : 0);
    }

    private static int end(byte[] der, int at) {
        int length = der[at + 1];
        if (length < 0) {
            int bytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | der[at + 2 + i] & 0xff;
            }
        }
        return start(der, at) + length;
    }

    public List<DerTree> children() {
        return children;
    }

    public int tag() {
        return tag;
    }

    public byte[] content() {
        return content;
    }

    public void tag(int newTag) {
        tag = newTag;
    }

    /** Replaces the content of an element without children; the lengths follow. */
    public void content(byte[] newContent) {
        content = newContent;
    }

    /** From now on these bytes stand where the length should be. */
    public void spoilLength(byte[] bytes) {
        spoiltLength = bytes;
    }

    public DerTree copy() {
        var copy = new DerTree();
        copy.tag = tag;
        copy.content = content;
        copy.spoiltLength = spoiltLength;
        children.forEach(child -> copy.children.add(child.copy()));
        return copy;
    }

    /** This element and everything in it. */
    public List<DerTree> all() {
        List<DerTree> all = new ArrayList<>(List.of(this));
        children.forEach(child -> all.addAll(child.all()));
        return all;
    }

    /** The elements around a given one, outermost first, and itself; empty if it is not in here. */
    public List<DerTree> pathTo(DerTree wanted) {
        if (wanted == this) {
            return List.of(this);
        }
        for (DerTree child : children) {
            List<DerTree> below = child.pathTo(wanted);
            if (!below.isEmpty()) {
                List<DerTree> path = new ArrayList<>(List.of(this));
                path.addAll(below);
                return path;
            }
        }
        return List.of();
    }

    /** The length as it would be if nothing spoilt it. */
    public byte[] length() {
        return length(body().length);
    }

    private static byte[] length(int contentLength) {
        byte[] plain = TestDer.tlv(0, new byte[contentLength]);
        return Arrays.copyOfRange(plain, 1, plain.length - contentLength);
    }

    public byte[] encoded() {
        byte[] body = body();
        byte[] length = spoiltLength.length > 0 ? spoiltLength : length(body.length);
        return TestDer.concat(new byte[] {(byte) tag}, length, body);
    }

    private byte[] body() {
        return children.isEmpty()
                ? content
                : TestDer.concat(children.stream().map(DerTree::encoded).toArray(byte[][]::new));
    }
}
