package dev.vigie.api.rule;

import java.io.Closeable;
import java.io.IOException;

/** Writes rules one after the other; closing it ends the text, and leaves the stream open. */
interface RuleWriter extends Closeable {

    void write(RuleResource.NewRule rule) throws IOException;
}
