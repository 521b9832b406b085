package dev.vigie.cli;

/** Whether somebody is looking. */
final class Terminal {

    private Terminal() {}

    /** Whether what is printed goes to a person's screen, not to a file or another program. */
    static boolean isThere() {
        // some releases of Java have a console in any case, unless they are asked for this one
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    /** Whether colours are wanted there, see no-color.org. */
    static boolean isColourful() {
        String wish = System.getenv("NO_COLOR");
        return isThere() && (wish == null || wish.isEmpty());
    }
}
