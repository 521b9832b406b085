package dev.vigie.cli;

import picocli.CommandLine.Command;

/** Single rules. */
@Command(
        name = "rule",
        description = "Tries a rule, without a service.",
        subcommands = RuleTestCommand.class)
final class RuleCommand {}
